import type { Portal } from './app.ts'
import type { TermStep, TermStory } from './demo/glossary/term.ts'
import { sampleTerms } from './demo/glossary/terms.ts'
import { ctxOf } from './sample-people.ts'
import { idOf } from './storage/ids.ts'

/** Writes the sample glossary through the real acts, so that its history is as people make it. */
export async function seedGlossary(portal: Portal, now: number): Promise<void> {
  const stories = sampleTerms(now)
  const { termVerbs: verbs, local } = portal
  // A word that somebody defined already is theirs.
  const taken = new Map(local.rows('glossary_terms', 'WHERE is_deleted = 0').map((row) => [nameOf(row), row.id]))
  const ids = new Map(stories.map((story) => [nameOf(story.create), idOfStory(story)]))

  const successorNamed = (name: string) => taken.get(name.toLowerCase()) ?? ids.get(name.toLowerCase()) ?? null
  const define = async (story: TermStory) => {
    const ctx = ctxOf(story.by, story.at, keyOf(story))
    await verbs.glossaryCreate(ctx, { params: {}, query: {}, body: story.create })
  }
  const change = async (id: string, { by, at, changes, successor }: TermStep) => {
    const body = {
      ...changes,
      ...(successor !== undefined && { replaced_by: successorNamed(successor) }),
      expected_version: local.row('glossary_terms', id)?.version ?? 0,
    }
    await verbs.glossaryEdit(ctxOf(by, at), { params: { id }, query: {}, body })
  }

  // In the order of time over all terms, since one names another as its successor.
  const acts = stories
    .filter((story) => local.row('glossary_terms', idOfStory(story)) === undefined && !taken.has(nameOf(story.create)))
    .flatMap((story) => [
      { at: story.at, act: () => define(story) },
      ...story.steps.map((step) => ({ at: step.at, act: () => change(idOfStory(story), step) })),
    ])
  for (const { act } of acts.sort((a, b) => a.at - b.at)) await act()
}

const nameOf = ({ domain, term }: { domain: string; term: string }) => `${domain}: ${term}`.toLowerCase()
const keyOf = ({ key }: TermStory) => `sample:term:${key}`
const idOfStory = (story: TermStory) => idOf('create', 'glossary_terms', story.by, keyOf(story))
