import './trusted-types.ts'
import './first-styles.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { goLive } from './api/live.ts'
import { createQueries } from './api/queries.ts'
import { createAppRouter } from './routes.tsx'
import { theme, variables } from './theme.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
// Dialogs lock scrolling with a style of their own, and that library asks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce })

const queries = createQueries()
const router = createAppRouter(queries)
goLive(queries)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has an element with the id root.')
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
