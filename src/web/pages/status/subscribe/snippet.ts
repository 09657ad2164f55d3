/** Markdown that shows a badge and leads to its page. A name cannot end the text that it stands in. */
export const badgeSnippet = (name: string, badge: string, page: string): string =>
  `[![State of ${name.replace(/[\\[\]<>`*_!&]/g, '\\$&')}](${badge})](${page})`
