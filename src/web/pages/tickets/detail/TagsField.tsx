import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { tagsIn } from './edit-draft.ts'

interface TagsProps {
  value: readonly string[]
  onChange(tags: string[]): void
  error: ReactNode
}

/** Tags as a list with commas. What is typed stands as typed; what it means is the tags in it. */
export function TagsField({ value, onChange, error }: TagsProps) {
  const [text, setText] = useState(value.join(', '))
  return (
    <TextInput
      label="Tags"
      description="Separated by commas"
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        onChange(tagsIn(currentTarget.value))
      }}
      error={error}
    />
  )
}
