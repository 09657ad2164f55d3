import { Button } from '@mantine/core'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { useCan } from '../../../api/me.ts'
import { CONFIRM_MS } from '../../../api/queries.ts'
import { AsOf } from '../../../parts/AsOf.tsx'
import { Loaded } from '../../../parts/Loaded.tsx'
import { useFreshness } from '../../../parts/use-freshness.ts'
import { toGlossary, toGlossaryImport, toTerm } from '../../../paths.ts'
import { useRowKeys } from '../../../shell/use-row-keys.ts'
import linkButton from '../../../ui/LinkButton.module.css'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useTitle } from '../../../ui/use-title.ts'
import { termsQuery } from '../queries.ts'
import { ExportButton } from './ExportButton.tsx'
import { GlossaryFilters } from './GlossaryFilters.tsx'
import { TermTable } from './TermTable.tsx'
import { useGlossaryFilter } from './use-glossary-filter.ts'

const TermForm = lazy(() => import('../form/TermForm.tsx').then((module) => ({ default: module.TermForm })))

/** What words mean here, by name. */
export function GlossaryList() {
  useTitle('Glossary')
  const can = useCan()
  const navigate = useNavigate()
  const { search } = useGlossaryFilter()
  const [isAdding, setIsAdding] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  useRowKeys(list, searchField)
  const query = useInfiniteQuery({
    ...termsQuery(search),
    refetchInterval: CONFIRM_MS,
    // The rows of before stay until the others are here, so that typing does not make the page jump.
    placeholderData: keepPreviousData,
  })
  const freshness = useFreshness(query)
  const mayWrite = can('glossary.write')
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsAdding(true)}>
      Add term
    </Button>
  )
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Glossary</h1>
        <div className={stack.row}>
          <AsOf {...freshness} />
          <ExportButton search={search} total={query.data?.total} />
          {mayWrite && (
            <Button
              variant="default"
              className={linkButton.button}
              leftSection={<IconUpload size={16} aria-hidden />}
              renderRoot={(props) => <Link {...toGlossaryImport()} {...props} />}
            >
              Import
            </Button>
          )}
          {add}
        </div>
      </div>
      <GlossaryFilters searchField={searchField} />
      <Loaded query={query} what="terms" skeleton={<Skeletons count={8} height={62} what="terms" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <TermTable items={items} isOld={query.isPlaceholderData} list={list} />
              <MoreButton shown={items.length} total={total} what="terms" pages={query} />
            </>
          ) : Object.keys(search).length > 0 ? (
            <Notice role="status" title="No term matches" action={<Link {...toGlossary()}>Clear the filters</Link>}>
              Other words, or fewer filters, may find it.
            </Notice>
          ) : (
            <Notice title="No terms yet" action={add}>
              A glossary says what a word means here, who answers for it, and where to look.
            </Notice>
          )
        }
      </Loaded>
      <Suspense>
        {isAdding && (
          <TermForm
            term={null}
            onClose={() => setIsAdding(false)}
            onSaved={(id) => {
              setIsAdding(false)
              void navigate(toTerm(id))
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
