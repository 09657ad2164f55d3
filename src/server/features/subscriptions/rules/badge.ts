import type { State } from '../../../../contracts/status.ts'
import { escaped } from './xml.ts'

export type BadgeState = State | 'maintenance'

/** Dark enough for white words: at least 4.5 to 1. */
const looks: Record<BadgeState, { word: string; colour: string }> = {
  green: { word: 'healthy', colour: '#1a7f37' },
  yellow: { word: 'degraded', colour: '#8a5a00' },
  red: { word: 'down', colour: '#b42318' },
  unknown: { word: 'unknown', colour: '#57606a' },
  maintenance: { word: 'maintenance', colour: '#0b5cad' },
}

const HEIGHT = 20
const GLYPH = 6.6
const PADDING = 6
const LABEL_MAX = 40
/** As wide as its longest word, so that the size of the image tells nothing to a page that may not read it. */
const WORD_WIDTH = Math.ceil(Math.max(...Object.values(looks).map(({ word }) => word.length)) * GLYPH) + 2 * PADDING

/**
 * A picture with its words as its title, 20 pixels high. Only elements and attributes that draw: it stays whole under
 * a policy that lets nothing load.
 */
export function badge(name: string, state: BadgeState): string {
  const { word, colour } = looks[state]
  const letters = [...name.toWellFormed()]
  const shown = letters.length > LABEL_MAX ? `${letters.slice(0, LABEL_MAX - 1).join('')}…` : name
  const label = Math.ceil(Math.min(letters.length, LABEL_MAX) * GLYPH) + 2 * PADDING
  const width = label + WORD_WIDTH
  const title = escaped(`${name}: ${word}`)
  const text = (x: number, length: number, words: string) =>
    `<text x="${x}" y="14" textLength="${length - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${escaped(words)}</text>`
  const wordLength = Math.ceil(word.length * GLYPH) + 2 * PADDING
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${HEIGHT}" rx="3" fill="#24292f"/>`,
    `<path d="M${label} 0h${WORD_WIDTH - 3}a3 3 0 0 1 3 3v${HEIGHT - 6}a3 3 0 0 1-3 3H${label}z" fill="${colour}"/>`,
    '<g fill="#fff" font-family="Verdana, DejaVu Sans, Geneva, sans-serif" font-size="11" text-anchor="middle">',
    text(label / 2, label, shown),
    text(label + WORD_WIDTH / 2, wordLength, word),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}
