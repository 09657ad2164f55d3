import stack from '../../ui/Stack.module.css'
import { objectsIn, type Schema, typeText } from './document.ts'
import classes from './OperationView.module.css'

interface Field {
  name: string
  note?: string
  isRequired: boolean
  schema: Schema
}

const DEPTH_MAX = 6

/** The fields of a schema; where it may be one of several, each of them. */
export function SchemaView({ schema, depth = 0 }: { schema: Schema; depth?: number }) {
  const objects = objectsIn(schema)
  if (objects.length === 0 || depth > DEPTH_MAX) return <p className={stack.dimmed}>{typeText(schema)}</p>
  return objects.map((object, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a schema's branches have no names and never move.
    <div key={index}>
      {objects.length > 1 && <p className={stack.dimmed}>{index === 0 ? 'One of these:' : 'or'}</p>}
      <FieldList fields={fieldsOf(object)} depth={depth} />
    </div>
  ))
}

const fieldsOf = ({ properties = {}, required = [] }: Schema): Field[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, schema, isRequired: required.includes(name) }))

export function FieldList({ fields, depth = 0 }: { fields: readonly Field[]; depth?: number }) {
  return (
    <dl className={classes.fields}>
      {fields.map(({ name, note, isRequired, schema }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            {isRequired && <span className={classes.required}> required</span>}
          </dt>
          <dd>
            {objectsIn(schema).length > 0 ? (
              <details>
                <summary>{schema.type === 'array' ? 'list of objects' : 'object'}</summary>
                <SchemaView schema={schema} depth={depth + 1} />
              </details>
            ) : (
              typeText(schema)
            )}
            {note !== undefined && <span className={classes.note}> {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
