import { CloseButton, Input } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { announce } from '../ui/announce.tsx'
import classes from './TagsField.module.css'
import { tidyTags } from './tags.ts'

interface TagsProps {
  label: string
  value: readonly string[]
  onChange(tags: string[]): void
  error?: ReactNode
  description?: string
  lengthMax: number
  countMax: number
  /** The form's name of the field, by which a form finds it. */
  path?: string
}

/**
 * Words, one by one: Enter, a comma or a blank ends one, and leaving the field does. Tags are in lower case, each once.
 * Not a combobox: nothing is suggested, and one weighs more than the page around it.
 */
export function TagsField({
  label,
  value,
  onChange,
  error,
  description = 'Press Enter after each',
  lengthMax,
  countMax,
  path,
}: TagsProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const add = (text: string) => {
    setTyped('')
    const tags = tidyTags([...value, ...text.split(/[,\s]+/)]).slice(0, countMax)
    if (tags.length > value.length) onChange(tags)
  }
  const remove = (tag: string) => {
    onChange(value.filter((other) => other !== tag))
    announce(`Removed the tag ${tag}`)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && typed.trim() !== '') {
      // Ends the tag, and does not send the form.
      event.preventDefault()
      add(typed)
    }
    const last = value.at(-1)
    if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last)
  }
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      <div className={classes.field} data-error={error != null && error !== false}>
        {value.length > 0 && (
          <ul className={classes.tags} aria-label={`${label} so far`}>
            {value.map((tag) => (
              <li key={tag} className={classes.tag}>
                {tag}
                <CloseButton size="sm" aria-label={`Remove the tag ${tag}`} onClick={() => remove(tag)} />
              </li>
            ))}
          </ul>
        )}
        <Input
          ref={field}
          variant="unstyled"
          className={classes.input}
          value={typed}
          onChange={({ currentTarget: { value: text } }) => (/[,\s]$/.test(text) ? add(text) : setTyped(text))}
          onKeyDown={onKeyDown}
          onBlur={() => add(typed)}
          error={error}
          maxLength={lengthMax}
          disabled={value.length >= countMax && typed === ''}
          autoComplete="off"
          autoCapitalize="none"
          data-path={path}
        />
      </div>
    </Input.Wrapper>
  )
}
