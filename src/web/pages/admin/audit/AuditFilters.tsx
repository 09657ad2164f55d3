import { NativeSelect } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { auditedTables } from '../../../../contracts/audit.ts'
import { type AuditSearch, auditSearch } from '../../../paths.ts'
import { CommittedInput } from '../../../ui/CommittedInput.tsx'
import filters from '../Filters.module.css'
import { tableTitle } from './words.ts'

const route = getRouteApi('/admin/audit')

/** The filter is the address and nothing else. */
export function AuditFilters() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (key: keyof AuditSearch) => (value: string | boolean) =>
    void navigate({ search: (before) => auditSearch({ ...before, [key]: value }), replace: true, resetScroll: false })
  return (
    <search className={filters.filters}>
      <NativeSelect
        label="Kind of record"
        value={search.table ?? ''}
        onChange={(event) => change('table')(event.currentTarget.value)}
        data={[
          { value: '', label: 'All records' },
          ...auditedTables.map((table) => ({ value: table, label: tableTitle(table) })),
        ]}
      />
      <NativeSelect
        label="Done by"
        value={search.portal === true ? 'all' : ''}
        onChange={(event) => change('portal')(event.currentTarget.value === 'all')}
        data={[
          { value: '', label: 'People and machines' },
          { value: 'all', label: 'The portal itself too' },
        ]}
      />
      <CommittedInput
        label="By"
        placeholder="Whole email or user name"
        value={search.actor ?? ''}
        // People are written in lower case; a machine's name keeps its own.
        onCommit={(value) => change('actor')(value.includes('@') ? value.toLowerCase() : value)}
      />
      <CommittedInput label="From" type="date" value={search.from ?? ''} onCommit={change('from')} />
      <CommittedInput label="To" type="date" value={search.to ?? ''} onCommit={change('to')} />
      <CommittedInput
        label="Record"
        placeholder="Its id"
        value={search.record ?? ''}
        onCommit={change('record')}
        problem={(value) => (auditSearch({ record: value }).record === undefined ? 'This is not an id' : null)}
      />
    </search>
  )
}
