import { useEffect, useState } from 'react'
import { announce } from '../../ui/announce.tsx'
import type { Found } from './find.ts'
import { searchDocs } from './search.ts'

export type Answer = { state: 'none' } | { state: 'failed' } | { state: 'found'; found: readonly Found[] }

/** What the docs say to a text that is being typed; answers of before stay until the newest is here. */
export function useDocsSearch(text: string): Answer {
  const [answer, setAnswer] = useState<Answer>({ state: 'none' })
  useEffect(() => {
    if (text.trim() === '') {
      setAnswer({ state: 'none' })
      return
    }
    let isNewest = true
    searchDocs(text).then(
      (found) => {
        if (!isNewest) return
        setAnswer({ state: 'found', found })
        announce(found.length === 0 ? 'Nothing found' : `${found.length} ${found.length === 1 ? 'result' : 'results'}`)
      },
      () => {
        if (isNewest) setAnswer({ state: 'failed' })
      },
    )
    return () => {
      isNewest = false
    }
  }, [text])
  return answer
}
