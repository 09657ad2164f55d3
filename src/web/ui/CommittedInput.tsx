import { TextInput } from '@mantine/core'
import { type HTMLInputTypeAttribute, useEffect, useState } from 'react'

interface CommittedProps {
  label: string
  value: string
  onCommit(value: string): void
  type?: HTMLInputTypeAttribute
  placeholder?: string
  /** What is wrong with a text, or null; what is wrong is not committed. */
  problem?(value: string): string | null
}

/** A filter's text, which counts once it is whole: on Enter, or when the focus leaves. */
export function CommittedInput({ label, value, onCommit, type = 'text', placeholder, problem }: CommittedProps) {
  const [text, setText] = useState(value)
  // Set anew by a link or the back button.
  useEffect(() => setText(value), [value])
  const wrong = text.trim() === '' ? null : (problem?.(text.trim()) ?? null)
  const commit = () => {
    if (wrong === null && text.trim() !== value) onCommit(text.trim())
  }
  return (
    <TextInput
      label={label}
      type={type}
      placeholder={placeholder}
      value={text}
      error={wrong}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
      maxLength={320}
      autoCapitalize="none"
      spellCheck={false}
    />
  )
}
