import { clobbering } from './clobbering.ts'
import { html5sec } from './html5sec.ts'
import { markdown } from './markdown.ts'
import { mutation } from './mutation.ts'
import { owasp } from './owasp.ts'
import { portswigger } from './portswigger.ts'

/**
 * Ways to run script by way of text, as published: each written down in its shortest form. What runs calls `alert` or
 * one like it; what loads goes to a host that is not ours.
 */
export const vectors: readonly string[] = [owasp, portswigger, html5sec, mutation, markdown, clobbering].flat()

/** As one line, without control characters and what ends a line: for titles and names. */
export const asLine = (vector: string, lengthMax = 200): string =>
  Array.from(vector.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim())
    .slice(0, lengthMax)
    .join('')
    .trim()

export const MARKER = 'Next vector.'

/**
 * Many in one text, each as an item of a list: what one leaves open ends with its item. The marker before each shows,
 * rendered, that none swallowed the next.
 */
export const asList = (some: readonly string[]): string =>
  some.map((vector) => `1. ${MARKER}\n\n${vector.replace(/^/gm, '   ')}\n`).join('\n')

/** Lists of so many that each is within what is rendered. */
export const batches = (size: number): string[] =>
  Array.from({ length: Math.ceil(vectors.length / size) }, (_, i) => asList(vectors.slice(i * size, (i + 1) * size)))
