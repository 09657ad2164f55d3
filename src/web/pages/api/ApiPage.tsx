import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../../api/queries.ts'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import { type Document, linesByTag } from './document.ts'
import { OperationView } from './OperationView.tsx'

/** The API as this very portal describes it. */
export function ApiPage() {
  useTitle('API')
  const query = useQuery(read('openapi', {}))
  return (
    <div className={stack.page}>
      <div className={stack.section}>
        <h1 tabIndex={-1}>API</h1>
        <p className={stack.plain}>
          JSON over HTTP. Machines send <code>Authorization: Bearer</code> with a token that an administrator made.
          Every error has the same shape, with a <code>request_id</code> to name when asking for help. The document
          itself: <a href="/api/v1/openapi.json">openapi.json</a>.
        </p>
      </div>
      <Loaded query={query} what="API reference" skeleton={<Skeletons count={8} height={46} what="API reference" />}>
        {(data) => <Reference document={data as unknown as Document} />}
      </Loaded>
    </div>
  )
}

function Reference({ document }: { document: Document }) {
  const [words, setWords] = useState('')
  const sought = words.toLowerCase().trim()
  const tags = [...linesByTag(document)]
    .map(([tag, lines]) => ({
      tag,
      lines: lines.filter(({ method, path, operation }) =>
        `${method} ${path} ${operation.summary} ${operation['x-permission'] ?? ''}`.toLowerCase().includes(sought),
      ),
    }))
    .filter(({ lines }) => lines.length > 0)
  return (
    <>
      <TextInput
        type="search"
        label="Find an endpoint"
        placeholder="status, POST, message.write …"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maw={420}
      />
      {tags.length === 0 && (
        <Notice title="No endpoint matches">Try a part of its path, its method or its permission.</Notice>
      )}
      {tags.map(({ tag, lines }) => (
        <section key={tag} className={stack.section} aria-label={tag}>
          <h2>{tag}</h2>
          <div>
            {lines.map((line) => (
              <OperationView key={line.operation.operationId} line={line} />
            ))}
          </div>
        </section>
      ))}
    </>
  )
}
