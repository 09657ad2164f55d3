import { afterEach, describe, expect, test } from 'vitest'
import { endpoints } from '../src/contracts/index.ts'
import { readConfig, secretsOf, settings } from '../src/server/config.ts'
import { createErrorReports } from '../src/server/observe/error-reports.ts'
import { hidingSecrets } from '../src/server/secrets.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { actsOn } from './support/alerts.ts'
import { makeCheck, openPortal, type TestPortal } from './support/portal.ts'
import { openSentrySink } from './support/sentry-sink.ts'
import { openSink } from './support/webhook-sink.ts'

/**
 * Secrets are planted in everything that comes in: headers, cookies, queries, bodies, the environment, and the messages
 * and causes of errors. Then every endpoint is called in ways that go well and that go wrong, and nothing that leaves
 * the portal, other than to whom the secret belongs, may hold one of them.
 */
const inRequests = {
  bearer: 'lkp_planted-as-bearer-0123456789',
  cookie: 'planted-in-cookie-0123456789',
  forwarded: 'planted-in-forwarded-access-token',
  header: 'planted-in-own-header-0123456789',
  query: 'planted-in-query-0123456789',
  body: 'planted-in-body-0123456789',
  path: 'planted-as-password-in-address',
}
const webhookKey = `whsec_${Buffer.from('planted as the key of webhooks!!').toString('base64')}`
const environment = {
  DATABRICKS_HOST: 'https://workspace.example.com',
  DATABRICKS_CLIENT_ID: 'lakeport-sp',
  DATABRICKS_CLIENT_SECRET: 'planted-client-secret-0123456789',
  ENTRA_TENANT_ID: 'tenant',
  ENTRA_CLIENT_ID: 'client',
  ENTRA_CLIENT_SECRET: 'planted~entra"secret\\0123456789',
  ALERT_WEBHOOK_SECRET: webhookKey,
  MESSAGE_WEBHOOK_SECRET: webhookKey,
}
/** What somebody else's words may repeat: ours, and some that only look like secrets. */
const told = {
  ours: `client ${environment.ENTRA_CLIENT_SECRET} with ${environment.DATABRICKS_CLIENT_SECRET} is not known`,
  header: 'Invalid header: Authorization: Bearer planted.told.bearer0123456789',
  address: 'connect ECONNREFUSED https://lake:planted-told-password@db.example.com/x?sig=planted-told-signature',
  json: '{"client_secret":"planted-told-in-json","token_type":"x"}',
}

let p: TestPortal | null = null
afterEach(async () => {
  await p?.close()
  p = null
})

const byProxy = { 'x-forwarded-email': 'root@x.example', 'x-forwarded-user': 'root' }
const withSecrets = {
  cookie: `session=${inRequests.cookie}; theme=dark`,
  'x-forwarded-access-token': inRequests.forwarded,
  'x-api-key': inRequests.header,
  'proxy-authorization': `Basic ${btoa(`x:${inRequests.path}`)}`,
}

async function play(hide?: (text: string) => string) {
  const [sentry, alertSink, messageSink] = [await openSentrySink(), await openSink(), await openSink()]
  const env = {
    ...environment,
    TRUSTED_PROXIES: '127.0.0.0/8',
    BOOTSTRAP_ADMINS: 'root@x.example',
    ALERT_WEBHOOK_URL: `${alertSink.url}&key=planted-in-webhook-address`,
    ALERT_WEBHOOK_ALLOW_HTTP: 'on',
    MESSAGE_WEBHOOK_URL: `${messageSink.url}&key=planted-in-webhook-address`,
    MESSAGE_WEBHOOK_ALLOW_HTTP: 'on',
    SENTRY_DSN: sentry.dsn,
    SENTRY_ALLOW_HTTP: 'on',
    RATE_LIMIT_VOTE: '1',
  }
  const config = readConfig(env, '0.0.0-test')
  const reports = createErrorReports({
    dsn: sentry.dsn,
    release: 'lakeport@0.0.0',
    environment: 'test',
    hide: hide ?? hidingSecrets(secretsOf(config)),
  })
  let isBroken = false
  const failure = () =>
    new Error(told.ours, { cause: new TypeError(told.header, { cause: new Error(told.address + told.json) }) })
  p = await openPortal({
    env,
    random: () => 1,
    logOptions: { onError: reports.report, ...(hide === undefined ? {} : { hide }) },
    connectorFor: (name) => ({ name, poll: () => Promise.reject(failure()) }),
    ledgerOf: (local) => ({
      ...embeddedLedger(local),
      keepsLocalStore: true,
      observe: (observations) => Promise.resolve(local.observe(observations)),
      append: async (changes, provenance) => {
        if (isBroken) throw failure()
        return local.apply(changes, provenance, { strict: true })
      },
    }),
  })
  const portal = p
  const admin = portal.withHeaders(byProxy)
  portal.admin = admin
  const answers: string[] = []
  const send = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const answer = await fetch(`${portal.origin}${path}`, { redirect: 'manual', ...init })
    answers.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`)
    return answer.status
  }

  // Something to look at, a token that is real, an alert that fires over a webhook, and a message that is published.
  const { failing } = actsOn(() => portal)
  const { platform } = await failing()
  await makeCheck(portal, platform.id)
  await portal.portal.alerting.deliver()
  const { body: made } = await admin.apiTokenCreate({
    body: { name: 'robot', role: 'viewer', expires_at: portal.at(86_400_000) },
  })
  const { body: item } = await admin.workItemCreate({
    body: { item_type: 'IMPROVEMENT', title: 'A column', description: 'Please', platform_id: platform.id },
    headers: { ...withSecrets, 'idempotency-key': inRequests.header },
  })
  const { body: message } = await admin.statusMessageCreate({ body: { severity: 'info', title: 'News' } })
  await admin.statusMessagePublish({ params: { id: message.id }, body: { expected_version: 1 } })
  await portal.portal.alerting.deliver()

  const identities: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${inRequests.bearer}` },
    { authorization: `Bearer ${made.secret}` },
    byProxy,
    { 'x-forwarded-email': 'viewer@x.example' },
  ]
  const statuses = new Set<number>()
  for (isBroken of [false, true]) {
    for (const { method, path } of Object.values(endpoints)) {
      if (path.includes('stream')) continue
      const address = path.replaceAll(':id', item.id).replace(/:\w+/g, 'x')
      for (const identity of identities) {
        const headers = { ...withSecrets, ...identity }
        const json = { ...headers, 'content-type': 'application/json' }
        const body = JSON.stringify({ title: 'x', password: inRequests.body })
        statuses.add(await send(address, { method, headers }))
        statuses.add(await send(`${address}?token=${inRequests.query}`, { method, headers }))
        if (method === 'GET') continue
        statuses.add(await send(address, { method, headers: json, body }))
        statuses.add(await send(address, { method, headers: json, body: `{"password": "${inRequests.body}"` }))
        statuses.add(await send(address, { method, headers: { ...headers, 'content-type': 'text/plain' }, body }))
      }
    }
    const more = { ...withSecrets, ...byProxy }
    const json = { ...more, 'content-type': 'application/json' }
    statuses.add(await send('/api/v1/nothing', { headers: more }))
    statuses.add(await send('/api/v1/me', { method: 'DELETE', headers: more }))
    statuses.add(await send('/api/v1/platforms/%ff', { headers: more }))
    statuses.add(await send('/api/v1/me', { headers: { ...more, 'x-long': inRequests.header.repeat(900) } }))
    statuses.add(
      await send('/api/v1/platforms', { method: 'POST', headers: json, body: inRequests.body.repeat(20_000) }),
    )
    statuses.add(
      await send('/api/v1/platforms', {
        method: 'POST',
        headers: { ...json, 'sec-fetch-site': 'cross-site' },
        body: '{}',
      }),
    )
    const platformBody = JSON.stringify({ name: `Named ${isBroken}`, domain: 'Sales' })
    statuses.add(await send('/api/v1/platforms', { method: 'POST', headers: json, body: platformBody }))
    for (const vote of [1, 2, 3])
      statuses.add(await send(`/api/v1/work-items/${item.id}/vote?${vote}`, { method: 'PUT', headers: more }))
  }
  isBroken = false
  await portal.portal.scheduler.tick()
  await portal.portal.scheduler.idle()

  const left = {
    log: portal.lines.map((line) => JSON.stringify(line)).join('\n'),
    answers: answers.join('\n'),
    metrics: String((await admin.metrics()).body),
    readiness: JSON.stringify((await admin.readyz()).body),
    audit: JSON.stringify((await admin.auditList({ query: { limit: 200 } })).body),
    runs: JSON.stringify((await admin.ingestionRunList({})).body),
    webhooks: JSON.stringify(
      [...alertSink.received, ...messageSink.received].map(({ text, headers }) => [headers, text]),
    ),
    reports: '',
  }
  await reports.flush(10_000)
  left.reports = sentry.received.map(({ text }) => text).join('\n')
  const counts = {
    alerts: alertSink.received.length,
    messages: messageSink.received.length,
    reports: sentry.received.length,
  }
  await Promise.all([sentry.close(), alertSink.close(), messageSink.close()])
  const key = new URL(sentry.dsn).username
  return { left, statuses, counts, planted: plantedWith([made.secret, webhookKey.slice(6), sentry.dsn, key]) }
}

/** Every planted word, also as it stands within JSON. */
function plantedWith(more: readonly string[]): string[] {
  const said = [
    ...Object.values(inRequests),
    ...more,
    ...Object.values(environment).filter((value) => /planted/.test(value)),
  ]
  const fromOthers = [
    'planted.told.bearer0123456789',
    'planted-told-password',
    'planted-told-signature',
    'planted-told-in-json',
  ]
  const all = [...said, ...fromOthers, 'planted-in-webhook-address', 'never-to-be-logged', btoa(`x:${inRequests.path}`)]
  return all.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)])
}

const found = (text: string, planted: readonly string[]) => planted.filter((word) => text.includes(word))

describe('a planted secret', () => {
  test('is found nowhere: not in log, answers, metrics, readiness, audit, runs, webhooks or error reports', async () => {
    const { left, statuses, counts, planted } = await play()
    expect([...statuses].sort()).toEqual(
      expect.arrayContaining([200, 201, 400, 401, 403, 404, 405, 413, 415, 422, 429, 431, 500]),
    )
    // One from a request, one from a source.
    expect(counts).toEqual({ alerts: 1, messages: 1, reports: 2 })
    // The key of a DSN is public by its nature and authenticates each envelope.
    const { reports, ...others } = left
    for (const [where, text] of Object.entries(others)) expect(found(text, planted), where).toEqual([])
    const ownKey = /[0-9a-f]{32}/.exec(reports.slice(reports.indexOf('public_key')))?.[0]
    expect(
      found(
        reports,
        planted.filter((word) => word !== ownKey),
      ),
      'reports',
    ).toEqual([])
    expect(left.log).toContain('(hidden)')
    expect(reports).toContain('(hidden)')
  })

  test('is found where hiding is switched off: the search finds what is there', async () => {
    const { left, planted } = await play((text) => text)
    expect(found(left.log, planted).length).toBeGreaterThan(4)
    expect(found(left.reports, planted).length).toBeGreaterThan(4)
  })

  test('is every setting that says of itself that it is one', () => {
    const isSecret = Object.entries(settings).filter(([name]) => /SECRET|WEBHOOK_URL|DSN|TOKEN|PASSWORD|KEY/.test(name))
    expect(isSecret.filter(([, setting]) => !setting.isSecret).map(([name]) => name)).toEqual([])
  })
})
