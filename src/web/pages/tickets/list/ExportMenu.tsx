import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { download } from '../../../api/download.ts'
import { useMe } from '../../../api/me.ts'
import type { TicketsSearch } from '../../../paths.ts'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import classes from './ExportMenu.module.css'
import { filterOf } from './filter.ts'
import '@mantine/core/styles/Menu.layer.css'
import '@mantine/core/styles/Popover.layer.css'

const formats = [
  { format: 'csv', label: 'CSV, for spreadsheets' },
  { format: 'json', label: 'JSON, for programs' },
] as const

/** Everything that the filter shows, not only what is on the page, as a file. */
export function ExportMenu({ search, total }: { search: TicketsSearch; total: number | undefined }) {
  const me = useMe()
  const [bytes, setBytes] = useState<number | null>(null)
  const start = async (format: (typeof formats)[number]['format']) => {
    setBytes(0)
    try {
      const query = { format, ...filterOf(search, me) }
      const name = await download('workItemExport', { query, fileName: `tickets.${format}`, onProgress: setBytes })
      tellDone(`Exported to ${name}`)
    } catch (fault) {
      tellFault(fault)
    } finally {
      setBytes(null)
    }
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={bytes !== null}
            disabled={total === 0}
            title={total === 0 ? 'There is nothing to export' : undefined}
          >
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map(({ format, label }) => (
            <Menu.Item key={format} className={classes.item} onClick={() => void start(format)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {bytes !== null && <span role="status">Exporting, {Math.ceil(bytes / 1000)} kB so far</span>}
    </>
  )
}
