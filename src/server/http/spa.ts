import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pagePolicy, securityHeaders } from './headers.ts'

const NONCE = /__CSP_NONCE__/g

/**
 * The browser app: hashed files that never change, and `index.html` with a fresh nonce for any page address.
 * Answers null when there is no build, so that the API works without one.
 */
export async function mountSpa(
  app: FastifyInstance,
  root: string,
): Promise<((request: FastifyRequest, reply: FastifyReply) => unknown) | null> {
  const indexFile = join(root, 'index.html')
  if (!existsSync(indexFile)) return null
  const index = readFileSync(indexFile, 'utf8')

  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    globIgnore: ['**/*.map', '**/*.html', '**/*.br', '**/*.gz', '.vite/**'],
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/')
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })

  const sendPage = (_request: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers({
        ...securityHeaders,
        'content-security-policy': pagePolicy(nonce),
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
      })
      .send(index.replace(NONCE, nonce))
  }
  app.get('/', { config: { isPublic: true } }, sendPage)
  app.get('/api/docs', { config: { isPublic: true } }, sendPage)
  return sendPage
}
