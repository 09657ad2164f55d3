import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Deep water. Shade 8 carries white text at 7:1. */
const lake: MantineColorsTuple = [
  '#eaf6fa',
  '#d3e9f0',
  '#a6d3e1',
  '#75bbd1',
  '#4ea7c3',
  '#349abb',
  '#1f86a7',
  '#126e8b',
  '#0b5d75',
  '#064859',
]

/** The dark theme's surfaces, in the same blue as styles.css has them. */
const dark: MantineColorsTuple = [
  '#e6edf0',
  '#c3cfd5',
  '#a1b0b8',
  '#6f7f89',
  '#6f7f89',
  '#2d3a41',
  '#212c32',
  '#182126',
  '#10171b',
  '#0b1013',
]

export const theme = createTheme({
  primaryColor: 'lake',
  colors: { lake, dark },
  // One shade for both themes with text chosen by contrast: every filled part passes AA without a look at each.
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  luminanceThreshold: 0.18,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
})

const lightTexts = (names: string[]) =>
  Object.fromEntries(names.map((name) => [`--mantine-color-${name}-light-color`, 'var(--mantine-color-text)']))

/** Mantine's own variables follow ours (styles.css), so that there is one palette. */
export const variables: CSSVariablesResolver = () => {
  const own = {
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--dimmed)',
    // Edges of fields: 3:1 against the page. In the dark theme it is the dark palette's fifth shade.
    '--mantine-color-gray-4': 'var(--control-line)',
    '--mantine-color-placeholder': 'var(--dimmed)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-border': 'var(--control-line)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-anchor': 'var(--link)',
    '--mantine-color-error': 'var(--red)',
    '--mantine-primary-color-light-color': 'var(--mantine-color-text)',
    ...lightTexts(['lake', 'red', 'gray']),
  }
  return { variables: {}, light: own, dark: own }
}
