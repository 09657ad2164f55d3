import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ChangeEvent, useState } from 'react'
import { glossaryColumns } from '../../../../contracts/glossary-import.ts'
import { useCan, useMe } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { NoPermission } from '../../../parts/ErrorState.tsx'
import { toGlossary } from '../../../paths.ts'
import { FormError } from '../../../ui/FormError.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useTitle } from '../../../ui/use-title.ts'
import classes from './ImportPage.module.css'
import { Preview } from './Preview.tsx'
import { appliedWords, changeCount } from './words.ts'

/** Brings terms in from a file: first what it would do, then doing it. */
export function ImportPage() {
  useTitle('Import terms')
  const me = useMe()
  const can = useCan()
  if (me === undefined) return <Skeletons count={2} height={120} what="page" />
  if (!can('glossary.write'))
    return <NoPermission level={1} sentence="Importing terms needs the permission glossary.write." />
  return (
    <div className={stack.page}>
      <nav aria-label="Breadcrumb">
        <Link {...toGlossary()} className={classes.back}>
          Glossary
        </Link>
      </nav>
      <h1 tabIndex={-1}>Import terms</h1>
      <Import />
    </div>
  )
}

const FILE_BYTES_MAX = 10_000_000

function Import() {
  const look = useAct('glossaryImport')
  const apply = useAct('glossaryImport')
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const preview = apply.data?.is_applied === false ? apply.data : look.data

  const choose = async ({ currentTarget: input }: ChangeEvent<HTMLInputElement>) => {
    const chosen = input.files?.[0]
    // So that the same file, changed, can be chosen again.
    const text = chosen === undefined || chosen.size > FILE_BYTES_MAX ? '' : await chosen.text()
    input.value = ''
    look.reset()
    apply.reset()
    setFile(null)
    if (chosen === undefined) return
    if (chosen.size > FILE_BYTES_MAX) return setProblem(`${chosen.name} is larger than 10 MB. Import it in parts.`)
    if (text.trim() === '') return setProblem(`${chosen.name} is empty.`)
    setProblem(null)
    setFile({ name: chosen.name, csv: text })
    look.mutate({ body: { csv: text, dry_run: true } })
  }
  const confirm = () => {
    if (file === null) return
    apply.mutate(
      { body: { csv: file.csv, dry_run: false } },
      { onSuccess: ({ is_applied, counts }) => is_applied && tellDone(appliedWords(counts)) },
    )
  }
  if (apply.data?.is_applied === true)
    return (
      <Notice title="Imported" role="status" action={<Link {...toGlossary()}>See the glossary</Link>}>
        {appliedWords(apply.data.counts)}
      </Notice>
    )
  return (
    <>
      <Explanation />
      <div className={stack.row}>
        <label className={classes.file}>
          Choose a CSV file
          <input type="file" accept=".csv,text/csv" onChange={(event) => void choose(event)} />
        </label>
        {file !== null && <bdi>{file.name}</bdi>}
      </div>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {look.isPending && <Skeletons count={2} height={80} what="preview" />}
      <FileFault fault={look.error} />
      {preview !== undefined && (
        <>
          {apply.data?.is_applied === false && (
            <p className={classes.problem} role="alert">
              The glossary changed since the preview, and nothing was written. This is what the file would do now.
            </p>
          )}
          <Preview answer={preview} />
          <FormError fault={apply.error} />
          <div className={stack.row}>
            <Button
              onClick={confirm}
              loading={apply.isPending}
              disabled={preview.counts.refused > 0 || changeCount(preview.counts) === 0}
            >
              {changeCount(preview.counts) === 1 ? 'Apply 1 change' : `Apply ${changeCount(preview.counts)} changes`}
            </Button>
            {preview.counts.refused > 0 && (
              <p className={stack.dimmed}>All rows or none: correct what is refused, and choose the file again.</p>
            )}
          </div>
        </>
      )}
    </>
  )
}

/** What is wrong with the file as a whole says the field; the sentence only that something is. */
function FileFault({ fault }: { fault: Parameters<typeof FormError>[0]['fault'] }) {
  const why = fault?.details.fields?.['body.csv']
  if (why === undefined) return <FormError fault={fault} />
  return (
    <p className={classes.problem} role="alert">
      The file {why}.
    </p>
  )
}

function Explanation() {
  return (
    <div className={stack.panel}>
      <p className={stack.plain}>
        The easiest way is to export the glossary, change the file and bring it back. A row is matched by its domain and
        term; nothing is deleted, and nothing is written before you have seen what would change.
      </p>
      <details className={classes.details}>
        <summary>What the columns are</summary>
        <p>
          {glossaryColumns.map((column, index) => (
            <span key={column}>
              {index > 0 && ', '}
              <code>{column}</code>
            </span>
          ))}
          . Only <code>domain</code> and <code>term</code> are needed; a column that is not there leaves its field
          alone.
        </p>
        <ul>
          <li>
            Synonyms are separated by <code>;</code>
          </li>
          <li>
            Related assets are written <code>Name &lt;https://address&gt;; Name</code>
          </li>
          <li>
            A successor is written <code>domain: term</code> and may be a term of the same file
          </li>
        </ul>
      </details>
    </div>
  )
}
