import { useState } from 'react'
import { forSession } from '../../../ui/stored.ts'

export interface CommentDraft {
  text: string
  write(text: string): void
  /** Puts a text behind what is there already. */
  add(text: string): void
}

/** A comment that is being written, kept per ticket until it is posted or this tab is closed. */
export function useCommentDraft(ticketId: string): CommentDraft {
  const key = `lakeport.comment.${ticketId}`
  const [text, setText] = useState(() => forSession.get(key) ?? '')
  const write = (next: string) => {
    setText(next)
    forSession.set(key, next === '' ? null : next)
  }
  return { text, write, add: (more) => write(text.trim() === '' ? more : `${text.trimEnd()}\n\n${more}`) }
}
