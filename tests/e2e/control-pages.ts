import type { Page } from '@playwright/test'
import { adminSections } from '../../src/web/shell/sections.ts'
import type { ControlPage, May, Subjects, Target } from './controls.ts'

const CONTRIBUTOR = 'contributor@localhost'
const TRIAGER = 'triager@localhost'

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, disabled: false }).first()
const named = (name: (s: Subjects) => string) => (page: Page, s: Subjects) =>
  page.getByRole('button', { name: name(s), exact: true })
const link = (name: string) => (page: Page) => page.getByRole('main').getByRole('link', { name, exact: true }).first()
const menuItem = (name: string) => (page: Page) => page.getByRole('menuitem', { name, exact: true })
const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name })

function ticketPage(which: 'placed' | 'unplaced'): ControlPage {
  const of = (s: Subjects): Target => ({ ...(which === 'placed' && { platform: s.platform.id }), owner: CONTRIBUTOR })
  const ofComment = (s: Subjects): Target => ({ ...of(s), owner: TRIAGER })
  const words = (page: Page) => page.getByRole('form', { name: 'Write a comment' })
  return {
    path: (s) => `/tickets/${s[which].id}`,
    reads: (may) => may.somewhere('work_item.read'),
    ready: (page, s) => page.getByRole('heading', { level: 1, name: s[which].title }),
    open: async (page) => page.getByRole('button', { name: 'More actions' }).click(),
    controls: [
      {
        what: 'Edit',
        find: (page) => page.getByRole('region', { name: 'Actions' }).getByText('Edit', { exact: true }),
        needs: (may, s) =>
          (['work_item.edit', 'work_item.triage', 'work_item.assign'] as const).some((one) => may(one, of(s))),
      },
      { what: 'Delete', find: menuItem('Delete'), needs: (may, s) => may('work_item.delete', of(s)) },
      {
        what: 'Vote',
        // The menu that is open hides the rest from assistive technology.
        find: (page) =>
          page.locator('button[aria-pressed]:not([aria-disabled="true"])').filter({ hasText: 'Affects me' }),
        needs: (may, s) => may('work_item.vote', { ...of(s), owner: '' }),
      },
      {
        what: 'Comment',
        find: (page) => words(page).or(page.locator('form[aria-label="Write a comment"]')),
        needs: (may, s) => may('work_item.comment', { ...of(s), owner: '' }),
      },
      ...(which === 'placed'
        ? [
            {
              what: 'Edit comment',
              find: (page: Page) => page.locator('article button').filter({ hasText: 'Edit' }),
              needs: (may: May, s: Subjects) => may('comment.edit', ofComment(s)),
            },
            {
              what: 'Delete comment',
              find: (page: Page) => page.locator('article button').filter({ hasText: 'Delete' }),
              needs: (may: May, s: Subjects) => may('comment.delete', ofComment(s)),
            },
          ]
        : []),
    ],
  }
}

/** Which control stands for which permission, page by page. A page more is an entry more. */
export const controlPages: Record<string, ControlPage> = {
  status: {
    path: () => '/',
    reads: (may) => may.somewhere('status.read'),
    ready: (page, s) => page.getByRole('main').getByRole('link', { name: s.platform.name }).first(),
    controls: [
      {
        what: 'Tickets in the navigation',
        find: (page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tickets' }),
        needs: (may) => may.somewhere('work_item.read'),
      },
      {
        what: 'API in the navigation',
        find: (page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API' }),
        needs: (may) => may.somewhere('openapi.read'),
      },
      { what: 'Subscribe', find: button('Subscribe'), needs: (may) => may.somewhere('status.read') },
    ],
  },
  platform: {
    path: (s) => `/platforms/${s.platform.id}`,
    reads: (may) => may.somewhere('platform.read'),
    ready: (page, s) => page.getByRole('heading', { level: 1, name: s.platform.name }),
    controls: [
      {
        what: 'Alerts',
        find: (page) => page.getByRole('region', { name: 'Alerts', exact: true }),
        needs: (may, s) => may('alert.read', { platform: s.platform.id }),
      },
      {
        what: 'Open incidents',
        find: (page) => page.getByRole('region', { name: 'Open incidents' }),
        needs: (may, s) => may('work_item.read', { platform: s.platform.id }),
      },
      {
        what: 'Report a problem',
        find: link('Report a problem'),
        needs: (may, s) => may('work_item.create', { platform: s.platform.id }),
      },
      {
        what: 'Runs',
        find: (page) => page.getByRole('heading', { level: 2, name: /runs/i }),
        needs: (may) => may('ingestion_run.read'),
      },
      {
        what: 'Subscribe',
        find: button('Subscribe'),
        needs: (may, s) => may('status.read', { platform: s.platform.id }),
      },
    ],
  },
  tickets: {
    path: () => '/tickets',
    reads: (may) => may.somewhere('work_item.read'),
    ready: (page, s) => page.getByRole('link', { name: s.placed.title }).first(),
    controls: [
      { what: 'New ticket', find: link('New ticket'), needs: (may) => may.somewhere('work_item.create') },
      {
        what: 'Vote',
        find: (page, s) => page.getByRole('button', { name: new RegExp(s.placed.title), disabled: false }),
        needs: (may, s) => may('work_item.vote', { platform: s.platform.id }),
      },
      { what: 'Export', find: button(/^Export/), needs: (may) => may.somewhere('work_item.read') },
    ],
  },
  'new ticket': {
    path: () => '/tickets/new?type=INCIDENT',
    reads: (may) => may.somewhere('work_item.create'),
    ready: (page) => page.getByRole('textbox', { name: 'Title' }),
    controls: [
      {
        what: 'File',
        find: (page) => page.getByRole('main').locator('button[type=submit]'),
        needs: (may) => may.somewhere('work_item.create'),
      },
    ],
  },
  'ticket on a platform': ticketPage('placed'),
  'ticket on no platform': ticketPage('unplaced'),
  roadmap: {
    path: () => '/roadmap?theme=Controls',
    reads: (may) => may.somewhere('roadmap.read'),
    ready: (page, s) => page.getByRole('link', { name: s.card.title }),
    controls: [
      { what: 'Add', find: button('New roadmap item'), needs: (may) => may.somewhere('roadmap.write') },
      {
        what: 'Move what is of a platform',
        find: named((s) => `Move ${s.card.title}`),
        needs: (may, s) => may('roadmap.write', { platform: s.platform.id }),
      },
      {
        what: 'Move what is of none',
        find: named((s) => `Move ${s.globalCard.title}`),
        needs: (may) => may('roadmap.write'),
      },
    ],
  },
  'roadmap item': {
    path: (s) => `/roadmap?item=${s.card.id}`,
    reads: (may) => may.somewhere('roadmap.read'),
    ready: (page, s) => page.getByRole('dialog', { name: s.card.title }).getByText('Added by'),
    controls: (['Edit', 'Delete'] as const).map((what) => ({
      what,
      find: (page: Page) => page.getByRole('dialog').getByRole('button', { name: what, exact: true }),
      needs: (may: May, s: Subjects) => may('roadmap.write', { platform: s.platform.id }),
    })),
  },
  glossary: {
    path: () => '/glossary?domain=Animals',
    reads: (may) => may.somewhere('glossary.read'),
    ready: (page, s) => page.getByRole('link', { name: s.term.term }),
    controls: [
      { what: 'Add', find: button('Add term'), needs: (may) => may('glossary.write') },
      { what: 'Import', find: link('Import'), needs: (may) => may('glossary.write') },
      { what: 'Export', find: button(/^Export/), needs: (may) => may('glossary.read') },
    ],
  },
  term: {
    path: (s) => `/glossary/${s.term.id}`,
    reads: (may) => may.somewhere('glossary.read'),
    ready: heading('Zebra'),
    controls: [
      { what: 'Edit', find: button('Edit'), needs: (may) => may('glossary.write') },
      { what: 'Deprecate', find: button('Deprecate'), needs: (may) => may('glossary.write') },
      { what: 'Delete', find: button('Delete'), needs: (may) => may('glossary.delete') },
    ],
  },
  docs: {
    path: () => '/docs',
    reads: (may) => may.somewhere('docs.read'),
    ready: (page) => page.getByRole('heading', { level: 1 }),
    controls: [
      {
        what: 'Docs in the navigation',
        find: (page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Docs' }),
        needs: (may) => may.somewhere('docs.read'),
      },
    ],
  },
  'admin: sections': {
    path: () => '/admin/permissions',
    reads: (may) => may('self.read'),
    ready: (page) => page.getByRole('table', { name: 'What each role may do' }),
    controls: adminSections.map(({ label, needs }) => ({
      what: label,
      find: (page: Page) =>
        page.getByRole('navigation', { name: 'Admin sections' }).getByRole('link', { name: label, exact: true }),
      needs: (may: May) => needs.some((permission) => may.somewhere(permission)),
    })),
  },
  'admin: platforms': {
    path: () => '/admin/platforms',
    reads: (may) => (['platform.create', 'platform.update', 'platform.retire'] as const).some(may.somewhere),
    ready: (page) => page.getByRole('table', { name: 'Platforms' }),
    controls: [
      { what: 'Add', find: button('Add platform'), needs: (may) => may('platform.create') },
      {
        what: 'Edit',
        find: named((s) => `Edit ${s.platform.name}`),
        needs: (may, s) => may('platform.update', { platform: s.platform.id }),
      },
      {
        what: 'Retire',
        find: named((s) => `Retire ${s.platform.name}`),
        needs: (may, s) => may('platform.retire', { platform: s.platform.id }),
      },
      { what: 'Checks', find: link('Checks'), needs: (may, s) => may('check.write', { platform: s.platform.id }) },
    ],
  },
  'admin: checks': {
    path: (s) => `/admin/checks?platform=${s.platform.id}`,
    reads: (may) => may.somewhere('check.write'),
    ready: (page) => page.getByRole('table', { name: 'Checks' }),
    controls: [
      { what: 'Add', find: button('Add check'), needs: (may) => may.somewhere('check.write') },
      {
        what: 'Edit',
        find: named((s) => `Edit ${s.check.name}`),
        needs: (may, s) => may('check.write', { platform: s.check.platform_id }),
      },
    ],
  },
  'admin: messages': {
    path: () => '/admin/messages?state=draft',
    reads: (may) => may.somewhere('message.write') || may.somewhere('message.write_global'),
    ready: heading('Messages'),
    controls: [
      {
        what: 'New message',
        find: button('New message'),
        needs: (may) => may('message.write_global') || may.somewhere('message.write'),
      },
      {
        what: 'Publish for a platform',
        find: named((s) => `Publish: ${s.draft.title}`),
        needs: (may, s) => may('message.write', { platform: s.platform.id }),
      },
      {
        what: 'Publish for everyone',
        find: named((s) => `Publish: ${s.globalDraft.title}`),
        needs: (may) => may('message.write_global'),
      },
    ],
  },
  'admin: runs': {
    path: () => '/admin/runs',
    reads: (may) => may.somewhere('ingestion_run.read') || may.somewhere('ingestion_run.trigger'),
    ready: (page) => page.getByRole('heading', { level: 2 }).first(),
    controls: [
      {
        what: 'All runs',
        find: (page) => page.getByRole('region', { name: 'All runs' }),
        needs: (may) => may('ingestion_run.read'),
      },
      { what: 'Run now', find: button(/^Run now/), needs: (may) => may.somewhere('ingestion_run.trigger') },
    ],
  },
  'admin: alerts': {
    path: () => '/admin/alerts',
    reads: (may) => may.somewhere('alert.read'),
    ready: (page) => page.getByRole('table', { name: 'Alerts' }),
    controls: [
      {
        what: 'Acknowledge',
        find: named((s) => `Acknowledge: ${s.alert.name}`),
        needs: (may, s) => may('alert.acknowledge', { platform: s.alert.platform_id }),
      },
    ],
  },
  'admin: access': {
    path: () => '/admin/access',
    reads: (may) => may('role_binding.read'),
    ready: (page) => page.getByRole('table', { name: 'Role bindings' }),
    controls: [
      { what: 'Grant', find: button('Grant a role'), needs: (may) => may('role_binding.write') },
      { what: 'Remove', find: button(/^Remove: dev@localhost/), needs: (may) => may('role_binding.write') },
    ],
  },
  'admin: tokens': {
    path: () => '/admin/tokens',
    reads: (may) => may('token.write'),
    ready: heading('API tokens'),
    controls: [{ what: 'New', find: button('New API token'), needs: (may) => may('token.write') }],
  },
  'admin: audit': {
    path: () => '/admin/audit',
    reads: (may) => may('audit.read'),
    ready: (page) => page.getByRole('list', { name: 'What was changed' }),
    controls: [{ what: 'Look again', find: button('Look again'), needs: (may) => may('audit.read') }],
  },
}
