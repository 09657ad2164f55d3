import { type ReactNode, useState } from 'react'
import stack from '../../ui/Stack.module.css'
import { type Line, schemaIn } from './document.ts'
import classes from './OperationView.module.css'
import { FieldList, SchemaView } from './SchemaView.tsx'

/** One endpoint: a line, and on demand everything it takes and gives. */
export function OperationView({ line: { method, path, operation } }: { line: Line }) {
  const [wasOpened, setWasOpened] = useState(false)
  const { summary, parameters = [], requestBody, responses = {} } = operation
  const body = requestBody === undefined ? undefined : schemaIn(requestBody)
  const replies = Object.entries(responses).filter(([status]) => /^[23]/.test(status))
  return (
    <details className={classes.operation} id={operation.operationId} onToggle={() => setWasOpened(true)}>
      <summary className={classes.line}>
        <span className={classes.method} data-method={method}>
          {method}
        </span>
        <code className={classes.path}>{path}</code>
        <span className={classes.summary}>{summary}</span>
      </summary>
      {wasOpened && (
        <div className={classes.body}>
          <p className={stack.dimmed}>
            Permission: <code>{operation['x-permission'] ?? 'public'}</code>
          </p>
          {parameters.length > 0 && (
            <Part title="Parameters">
              <FieldList
                fields={parameters.map(({ name, in: place, required = false, schema = {}, description }) => ({
                  name,
                  note: `in ${place}${description === undefined ? '' : `. ${description}`}`,
                  isRequired: required,
                  schema,
                }))}
              />
            </Part>
          )}
          {body !== undefined && (
            <Part title="Body">
              <SchemaView schema={body} />
            </Part>
          )}
          {replies.map(([status, reply]) => {
            const schema = schemaIn(reply)
            return (
              <Part key={status} title={`Reply ${status}`}>
                {schema === undefined ? (
                  <p className={stack.dimmed}>{reply.description}</p>
                ) : (
                  <SchemaView schema={schema} />
                )}
              </Part>
            )
          })}
        </div>
      )}
    </details>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h3>{title}</h3>
    {children}
  </section>
)
