import { createStackParser, createTransport, linkedErrorsIntegration, Scope } from '@sentry/core'
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server'

/** The fields of a line that a report may carry; a person is in none of them. */
const FIELDS = ['event', 'request_id', 'route', 'source', 'component', 'run_id', 'doing', 'what'] as const

/** Milliseconds; reports are few, and nobody waits for one. */
const SEND_TIMEOUT_MS = 5000

export interface ErrorReports {
  /** Sends in the background what a line says of an error. Never throws. */
  report(line: Readonly<Record<string, unknown>>, level: 'error' | 'fatal'): void
  /** Waits until everything is sent, or so long. Milliseconds. */
  flush(timeoutMs: number): Promise<void>
}

/**
 * Errors to Sentry, or to what speaks its protocol. Of its SDK only the client: nothing is patched, and nothing is
 * collected but the error with its causes and stack, and the fields named above.
 */
export function createErrorReports({
  dsn,
  release,
  environment,
  hide,
}: {
  dsn: string
  release: string
  environment: string
  /** Hides secrets in JSON. */
  hide: (text: string) => string
}): ErrorReports {
  const client = new ServerRuntimeClient({
    dsn,
    release,
    environment,
    platform: 'node',
    runtime: { name: 'node', version: process.version },
    stackParser: createStackParser(nodeStackLineParser()),
    integrations: [linkedErrorsIntegration()],
    // Without this the client adds an integration of its own, for traces.
    traceLifecycle: 'static',
    maxBreadcrumbs: 0,
    sendClientReports: false,
    dataCollection: {
      userInfo: false,
      cookies: false,
      httpHeaders: false,
      httpBodies: [],
      urlQueryParams: false,
      graphQL: { document: false, variables: false },
      genAI: { inputs: false, outputs: false },
      mcp: { inputs: false, outputs: false },
      databaseQueryData: false,
      queues: false,
      stackFrameVariables: false,
      frameContextLines: 0,
    },
    beforeSend: (event) => JSON.parse(hide(JSON.stringify(event))) as typeof event,
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const answer = await fetch(options.url, {
          method: 'POST',
          // A view's own buffer may be longer than the view.
          body: typeof body === 'string' ? body : new Uint8Array(body),
          headers: options.headers ?? {},
          redirect: 'error',
          signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
        })
        await answer.body?.cancel()
        return {
          statusCode: answer.status,
          headers: {
            'x-sentry-rate-limits': answer.headers.get('x-sentry-rate-limits'),
            'retry-after': answer.headers.get('retry-after'),
          },
        }
      }),
  })
  client.init()

  return {
    report(line, level) {
      const scope = new Scope()
      scope.setLevel(level)
      for (const name of FIELDS) if (typeof line[name] === 'string') scope.setTag(name, line[name])
      if (typeof line.route === 'string') scope.setTransactionName(line.route)
      const mechanism = { type: 'log', handled: level === 'error' }
      client.captureException(line.err, { originalException: line.err, mechanism }, scope)
    },
    async flush(timeoutMs) {
      await client.flush(timeoutMs)
    },
  }
}
