import { Input } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import stack from '../ui/Stack.module.css'
import classes from './MarkdownInput.module.css'
import { MarkdownToolbar, putMark } from './MarkdownToolbar.tsx'
import { Markdown } from './markdown/Markdown.tsx'
import { type Mode, panelId, tabId, WriteTabs } from './WriteTabs.tsx'

interface MarkdownProps {
  label: string
  value: string
  onChange(text: string): void
  error?: ReactNode
  rows?: number
  placeholder?: string
  description?: string
  required?: boolean
  lengthMax?: number
  /** The form's name of the field, by which a form finds it. */
  path?: string
}

/** Markdown as it is typed and, by the very renderer that readers get, as it will be read. */
export function MarkdownInput({
  label,
  value,
  onChange,
  error,
  rows = 6,
  placeholder,
  description = 'Markdown',
  required = false,
  lengthMax = 100_000,
  path,
}: MarkdownProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [mode, setMode] = useState<Mode>('write')
  const onKeyDown = (event: KeyboardEvent) => {
    const mark = ({ b: 'bold', i: 'italic' } as const)[event.key]
    if (mark === undefined || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    putMark(mark, field.current)
  }
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error} withAsterisk={required}>
      <div className={classes.bar}>
        <WriteTabs id={id} label={label} mode={mode} onChange={setMode} />
        {mode === 'write' && <MarkdownToolbar label={label} field={field} />}
      </div>
      <div role="tabpanel" id={panelId(id)} aria-labelledby={tabId(id, mode)}>
        {mode === 'write' ? (
          <Input
            component="textarea"
            multiline
            ref={field}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            error={error}
            rows={rows}
            maxLength={lengthMax}
            placeholder={placeholder}
            classNames={{ input: classes.field }}
            data-path={path}
          />
        ) : (
          <div className={classes.preview}>
            {value.trim() === '' ? (
              <p className={stack.dimmed}>Nothing to preview yet.</p>
            ) : (
              <Markdown source={value} />
            )}
          </div>
        )}
      </div>
    </Input.Wrapper>
  )
}
