import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import classes from './DocsSearch.module.css'
import type { Found } from './find.ts'
import { SearchResult } from './SearchResult.tsx'
import { loadSearch } from './search.ts'
import { useDocsSearch } from './use-docs-search.ts'

/** Searches all pages. The focus stays in the field; arrows choose, Enter goes there, Esc closes. */
export function DocsSearch({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const router = useRouter()
  const listId = useId()
  const [text, setText] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [chosen, setChosen] = useState(0)
  const answer = useDocsSearch(text)
  const found = answer.state === 'found' ? answer.found : []
  const isShown = isOpen && answer.state !== 'none'
  const hasList = isShown && found.length > 0
  const at = Math.min(chosen, found.length - 1)

  const follow = (result: Found) => {
    setIsOpen(false)
    setText('')
    field.current?.blur()
    router.history.push(result.path)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const result = found[at]
    if (step !== 0 && found.length > 0) {
      setChosen(isShown ? (at + step + found.length) % found.length : 0)
      setIsOpen(true)
    } else if (event.key === 'Enter' && hasList && result !== undefined) follow(result)
    else if (event.key === 'Escape' && isShown) setIsOpen(false)
    else if (event.key === 'Escape') setText('')
    else return
    event.preventDefault()
  }

  return (
    <search className={classes.search} aria-label="Search the docs">
      <TextInput
        ref={field}
        aria-label="Search the docs"
        placeholder="Search the docs"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        autoComplete="off"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={hasList}
        {...(hasList ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${at}` } : {})}
        onFocus={() => void loadSearch().catch(() => undefined)}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setChosen(0)
          setIsOpen(true)
        }}
        onKeyDown={onKey}
        onBlur={() => setIsOpen(false)}
      />
      {isShown && (
        <div className={classes.results}>
          {found.length > 0 && (
            <div id={listId} role="listbox" aria-label="Results" className={classes.list}>
              {found.map((result, index) => (
                <SearchResult
                  key={result.path}
                  id={`${listId}-${index}`}
                  result={result}
                  isChosen={index === at}
                  onFollow={() => follow(result)}
                />
              ))}
            </div>
          )}
          {answer.state === 'failed' && <p className={classes.none}>The search could not be loaded. Try again.</p>}
          {answer.state === 'found' && found.length === 0 && (
            <p className={classes.none}>Nothing found. Other words may find it.</p>
          )}
        </div>
      )}
    </search>
  )
}
