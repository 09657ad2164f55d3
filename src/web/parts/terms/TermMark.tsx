import { IconAlertTriangle } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useId, useRef } from 'react'
import type { GlossaryWord } from '../../../contracts/glossary.ts'
import { PageLink } from '../PageLink.tsx'
import { termHref } from './href.ts'
import { meaningId } from './meaning-id.ts'
import classes from './TermMark.module.css'
import { useCard } from './use-card.ts'

const TermCard = lazy(() => import('./TermCard.tsx'))

interface TermMarkProps {
  /** What the word means; more than one when domains differ. */
  words: readonly [GlossaryWord, ...GlossaryWord[]]
  children: ReactNode
}

/** A word of the glossary in a text: a link to its page, and a card that says what it means. */
export function TermMark({ words, children }: TermMarkProps) {
  const id = useId()
  const link = useRef<HTMLAnchorElement>(null)
  const { isOpen, close, ofWhole, ofLink } = useCard(link)
  const isDeprecated = words.every(({ status }) => status === 'deprecated')
  return (
    <span className={classes.whole} {...ofWhole}>
      <PageLink
        ref={link}
        href={termHref(words[0].id)}
        className={classes.mark}
        data-deprecated={isDeprecated || undefined}
        aria-describedby={isOpen ? words.map((word) => meaningId(id, word)).join(' ') : undefined}
        {...ofLink}
      >
        {children}
        {isDeprecated && (
          <>
            {'\u00a0'}
            <IconAlertTriangle className={classes.sign} size="0.9em" role="img" aria-label="(deprecated)" />
          </>
        )}
      </PageLink>
      <Suspense>{isOpen && <TermCard id={id} anchor={link} words={words} onClose={close} />}</Suspense>
    </span>
  )
}
