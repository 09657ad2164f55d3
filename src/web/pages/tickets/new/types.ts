import type { ItemType } from '../../../../contracts/workflows.ts'

/** What each type is for, and what its text should say. */
export const typeGuides: Record<
  ItemType,
  { title: string; when: string; submit: string; text: string; help: string; placeholder: string }
> = {
  INCIDENT: {
    title: 'Something is broken',
    when: 'Data is late, wrong or missing, or something does not run or open.',
    submit: 'File incident',
    text: 'What happened',
    help: 'What happened, what you expected, and since when. Markdown.',
    placeholder: 'What happened:\n\nWhat did you expect:\n\nSince when:',
  },
  IMPROVEMENT: {
    title: 'Something could be better',
    when: 'An idea or a wish. Others vote for it, and it may come onto the roadmap.',
    submit: 'File improvement',
    text: 'What would be better',
    help: 'What is hard today, what would be better, and who gains by it. Markdown.',
    placeholder: 'What is hard today:\n\nWhat would be better:\n\nWho gains by it:',
  },
  PLATFORM_REQUEST: {
    title: 'I need something',
    when: 'Access to data, onboarding of a team or a source, or a change to what runs.',
    submit: 'File request',
    text: 'Anything else',
    help: 'What the fields above do not say. Markdown.',
    placeholder: '',
  },
}
