import { ActionIcon } from '@mantine/core'
import { IconBlockquote, IconBold, IconCode, IconItalic, IconLink, IconList } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import classes from './MarkdownInput.module.css'
import { editFor, type Mark, marks } from './markdown-marks.ts'

const buttons: Record<Mark, { icon: typeof IconBold; label: string }> = {
  bold: { icon: IconBold, label: 'Bold' },
  italic: { icon: IconItalic, label: 'Italic' },
  code: { icon: IconCode, label: 'Code' },
  link: { icon: IconLink, label: 'Link' },
  list: { icon: IconList, label: 'List' },
  quote: { icon: IconBlockquote, label: 'Quote' },
}

/** Marks for what is selected in the field. One stop for the Tab key; arrows go from button to button. */
export function MarkdownToolbar({ label, field }: { label: string; field: RefObject<HTMLTextAreaElement | null> }) {
  const [current, setCurrent] = useState(0)
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (current + step + marks.length) % marks.length
    setCurrent(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div role="toolbar" aria-label={`${label}: format`} className={classes.toolbar} onKeyDown={move}>
      {marks.map((mark, index) => {
        const { icon: Icon, label: name } = buttons[mark]
        return (
          <ActionIcon
            key={mark}
            variant="subtle"
            color="gray"
            size="md"
            aria-label={name}
            title={name}
            tabIndex={index === current ? 0 : -1}
            onClick={() => {
              setCurrent(index)
              putMark(mark, field.current)
            }}
          >
            <Icon size={17} aria-hidden />
          </ActionIcon>
        )
      })}
    </div>
  )
}

/** Typed in place of the person, so that undoing works; React hears of it as of any typing. */
export function putMark(mark: Mark, field: HTMLTextAreaElement | null): void {
  if (field === null) return
  const { start, end, insert, select } = editFor(mark, field.value, field.selectionStart, field.selectionEnd)
  field.focus()
  field.setSelectionRange(start, end)
  // The only way that keeps the field's own undo; where a browser drops it, undoing is what is lost.
  const isTyped = document.execCommand('insertText', false, insert)
  if (!isTyped) {
    field.setRangeText(insert, start, end)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  field.setSelectionRange(...select)
}
