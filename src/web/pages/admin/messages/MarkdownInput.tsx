import { SegmentedControl, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Markdown } from '../../../parts/markdown/Markdown.tsx'
import stack from '../../../ui/Stack.module.css'
import '@mantine/core/styles/SegmentedControl.layer.css'

interface MarkdownProps {
  label: string
  value: string
  onChange(text: string): void
  error?: ReactNode
  rows?: number
}

/** Markdown as it is typed and, by the very renderer that readers get, as it will be read. */
export function MarkdownInput({ label, value, onChange, error, rows = 6 }: MarkdownProps) {
  const [mode, setMode] = useState('write')
  return (
    <div className={stack.section}>
      <SegmentedControl
        aria-label={`${label}: write or preview`}
        value={mode}
        onChange={setMode}
        size="xs"
        data={[
          { value: 'write', label: 'Write' },
          { value: 'preview', label: 'Preview' },
        ]}
      />
      {mode === 'write' ? (
        <Textarea
          label={label}
          description="Markdown"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={error}
          rows={rows}
          maxLength={100_000}
        />
      ) : (
        <section className={stack.panel} aria-label={`Preview of ${label.toLowerCase()}`}>
          {value.trim() === '' ? <p className={stack.dimmed}>Nothing to preview yet.</p> : <Markdown source={value} />}
        </section>
      )}
    </div>
  )
}
