import { bindingVerbs } from './bindings.ts'
import { meVerbs } from './me.ts'
import type { AccessStore } from './store.ts'
import { type TokenParts, tokenVerbs } from './tokens.ts'

export const accessVerbs = (store: AccessStore, options: { isLocal: boolean } & TokenParts) => ({
  ...meVerbs(options),
  ...bindingVerbs(store),
  ...tokenVerbs(store, options),
})
