/** What the portal's docs need to know of a generated page. */
export const frontMatter = (title: string, summary: string) => `---\ntitle: ${title}\nsummary: ${summary}\n---\n`
