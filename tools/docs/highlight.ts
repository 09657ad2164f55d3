import type { Element, ElementContent, Root } from 'hast'
import { type BundledLanguage, bundledLanguages, createHighlighter, type ThemedTokenWithVariants } from 'shiki'

// Made for contrast: every colour keeps 4.5:1 on our background of code.
const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const
/** Code without colours, said to be so. */
const PLAIN = 'text'

/** One for all builds of a process; languages are loaded as they are met. */
let loading: ReturnType<typeof createHighlighter> | undefined

/** Colours code by classes, because the policy of the page allows no styles in the text. */
export interface Painter {
  /** Colours every block of code, in place. Calls back for a language that nobody knows. */
  paint(tree: Root, onUnknown: (language: string) => void): Promise<void>
  /** What the classes given out so far mean, in the light theme and in the dark one. */
  css(): string
}

export async function createPainter(): Promise<Painter> {
  loading ??= createHighlighter({ themes: Object.values(themes), langs: [] })
  const highlighter = await loading
  /** Class by its pair of looks. */
  const looks = new Map<string, { name: string; light: string; dark: string }>()

  return {
    async paint(tree, onUnknown) {
      for (const code of blocksOf(tree)) {
        const language = languageOf(code)
        if (language === null || language === PLAIN) continue
        if (!isKnown(language)) {
          onUnknown(language)
          continue
        }
        await highlighter.loadLanguage(language)
        const lines = highlighter.codeToTokensWithThemes(textOf(code), { lang: language, themes })
        code.children = lines.flatMap((line, at) => [...(at > 0 ? [text('\n')] : []), ...line.map(asElement)])
      }
    },
    css: () =>
      [...looks.values()]
        .map(({ name, light, dark }) => `.${name}{${light}}:root[data-mantine-color-scheme="dark"] .${name}{${dark}}`)
        .join('\n'),
  }

  function asElement({ content, variants }: ThemedTokenWithVariants): ElementContent {
    if (content.trim() === '') return text(content)
    const light = styleOf(variants.light)
    const dark = styleOf(variants.dark)
    const known = looks.get(`${light}|${dark}`) ?? { name: `tok-${looks.size}`, light, dark }
    looks.set(`${light}|${dark}`, known)
    return { type: 'element', tagName: 'span', properties: { className: [known.name] }, children: [text(content)] }
  }
}

const isKnown = (language: string): language is BundledLanguage => Object.hasOwn(bundledLanguages, language)

/** Shiki's bits: 1 italic, 2 bold. */
function styleOf({ color, fontStyle = 0 }: ThemedTokenWithVariants['variants'][string] = {}): string {
  return [
    ...(color === undefined ? [] : [`color:${color}`]),
    ...((fontStyle & 1) !== 0 ? ['font-style:italic'] : []),
    ...((fontStyle & 2) !== 0 ? ['font-weight:700'] : []),
  ].join(';')
}

function blocksOf(node: Root | Element): Element[] {
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return []
    const code = child.tagName === 'pre' ? child.children[0] : undefined
    return code?.type === 'element' && code.tagName === 'code' ? [code] : blocksOf(child)
  })
}

function languageOf(code: Element): string | null {
  const names = Array.isArray(code.properties.className) ? code.properties.className : []
  const name = names.map(String).find((each) => each.startsWith('language-'))
  return name === undefined ? null : name.slice('language-'.length)
}

const text = (value: string): ElementContent => ({ type: 'text', value })
const textOf = (node: Element): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('')
