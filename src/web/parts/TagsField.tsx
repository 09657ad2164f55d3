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
 * Words, one by one: Enter, a comma or a blank ends one. What is typed counts as it stands; leaving the field moves
 * nothing, or the click that leaves it would miss its button. Tags are in lower case, each once.
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
  const [ended, setEnded] = useState(value)
  const [typed, setTyped] = useState('')
  // What the form holds is not what was entered here: a draft was restored, or a save answered.
  if (tidyTags([...ended, typed]).join() !== value.join()) {
    setEnded(value)
    setTyped('')
  }
  const change = (tags: readonly string[], text: string) => {
    setEnded(tags)
    setTyped(text)
    onChange(tidyTags([...tags, text]))
  }
  const end = (text: string) => change(tidyTags([...ended, ...text.split(/[,\s]+/)]).slice(0, countMax), '')
  const remove = (tag: string) => {
    change(
      ended.filter((other) => other !== tag),
      typed,
    )
    announce(`Removed the tag ${tag}`)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && typed.trim() !== '') {
      // Ends the tag, and does not send the form.
      event.preventDefault()
      end(typed)
    }
    const last = ended.at(-1)
    if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last)
  }
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      <div className={classes.field} data-error={error != null && error !== false}>
        {ended.length > 0 && (
          <ul className={classes.tags} aria-label={`${label} so far`}>
            {ended.map((tag) => (
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
          onChange={({ currentTarget: { value: text } }) => (/[,\s]/.test(text) ? end(text) : change(ended, text))}
          onKeyDown={onKeyDown}
          error={error}
          maxLength={lengthMax}
          disabled={ended.length >= countMax}
          autoComplete="off"
          autoCapitalize="none"
          data-path={path}
        />
      </div>
    </Input.Wrapper>
  )
}
