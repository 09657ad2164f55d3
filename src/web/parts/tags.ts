/** As the portal keeps them: lower case, each once. */
export const tidyTags = (tags: readonly string[]) => [
  ...new Set(tags.map((tag) => tag.trim().replace(/^#/, '').toLowerCase()).filter((tag) => tag !== '')),
]
