import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import type { GlossaryWord } from '../../../contracts/glossary.ts'
import { read } from '../../api/queries.ts'
import { PageLink } from '../PageLink.tsx'
import { termHref } from './href.ts'
import { meaningId } from './meaning-id.ts'
import { shortDefinition } from './short.ts'
import classes from './TermCard.module.css'
import { usePlace } from './use-place.ts'

interface TermCardProps {
  id: string
  anchor: RefObject<HTMLElement | null>
  words: readonly GlossaryWord[]
  onClose(): void
}

/**
 * What a word means, beside the word. Right after its link in the document, so that Tab goes on into it; of spans
 * only, since it stands within a paragraph.
 */
export default function TermCard({ id, anchor, words, onClose }: TermCardProps) {
  const card = usePlace(anchor)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand within a paragraph.
    <span ref={card} popover="manual" className={classes.card} role="group" aria-label="Glossary">
      {words.map((word) => (
        <Meaning key={word.id} meaningId={meaningId(id, word)} word={word} onClose={onClose} />
      ))}
    </span>
  )
}

interface MeaningProps {
  meaningId: string
  word: GlossaryWord
  onClose(): void
}

function Meaning({ meaningId, word: { id, term, domain, status, successor }, onClose }: MeaningProps) {
  const { data, isError } = useQuery(read('glossaryRead', { params: { id } }))
  const definition = data === undefined ? '' : shortDefinition(data.definition)
  const isDeprecated = status === 'deprecated'
  const link = { className: classes.link, onClick: onClose, 'data-mantine-stop-propagation': true }
  return (
    <span className={classes.meaning}>
      <span id={meaningId} className={classes.meaning}>
        <span className={classes.head}>
          <bdi className={classes.term}>{term}</bdi> <bdi className={classes.domain}>{domain}</bdi>{' '}
          <span className={classes.status} data-status={status}>
            {isDeprecated ? <IconAlertTriangle size={14} aria-hidden /> : <IconCircleCheck size={14} aria-hidden />}
            {isDeprecated ? 'Deprecated' : 'Active'}
          </span>
        </span>{' '}
        {successor !== null && (
          <span className={classes.instead}>
            Say{' '}
            <PageLink href={termHref(successor.id)} {...link}>
              <bdi>{successor.term}</bdi>
            </PageLink>{' '}
            instead.
          </span>
        )}{' '}
        {isError && <span className={classes.line}>The definition could not be loaded.</span>}
        {data === undefined && !isError && <span className={classes.line}>Loading the definition…</span>}
        {data !== undefined && (
          <bdi className={classes.line}>{definition === '' ? 'Not defined yet.' : definition}</bdi>
        )}
      </span>
      {data !== undefined && (
        <span className={classes.fact}>Steward: {data.steward === '' ? 'nobody' : <bdi>{data.steward}</bdi>}</span>
      )}
      <PageLink href={termHref(id)} aria-label={`Open the term ${term} (${domain})`} {...link}>
        Open the term
      </PageLink>
    </span>
  )
}
