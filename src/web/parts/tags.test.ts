import { expect, test } from 'vitest'
import { tidyTags } from './tags.ts'

test('a tag is in lower case, each once, and needs no sign before it', () => {
  expect(tidyTags([' #DBT ', 'dbt', '', ' ', 'Späti', '#'])).toEqual(['dbt', 'späti'])
})
