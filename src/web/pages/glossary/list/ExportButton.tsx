import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { download } from '../../../api/download.ts'
import type { GlossarySearch } from '../../../paths.ts'
import { tellDone, tellFault } from '../../../ui/notify.tsx'

/** Everything that the filter shows, not only what is on the page, as a file that can be imported again. */
export function ExportButton({ search, total }: { search: GlossarySearch; total: number | undefined }) {
  const [bytes, setBytes] = useState<number | null>(null)
  const start = async () => {
    setBytes(0)
    try {
      const query = { q: search.q, domain: search.domain, status: search.status }
      const name = await download('glossaryExport', { query, fileName: 'glossary.csv', onProgress: setBytes })
      tellDone(`Exported to ${name}`)
    } catch (fault) {
      tellFault(fault)
    } finally {
      setBytes(null)
    }
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={bytes !== null}
        disabled={total === 0}
        title={total === 0 ? 'There is nothing to export' : 'As CSV, for spreadsheets'}
        onClick={() => void start()}
      >
        Export
      </Button>
      {bytes !== null && <span role="status">Exporting, {Math.ceil(bytes / 1000)} kB so far</span>}
    </>
  )
}
