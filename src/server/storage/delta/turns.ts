/** Runs acts on the same things one after the other, and others side by side. */
export function inTurns() {
  const last = new Map<string, Promise<unknown>>()
  return async <T>(keys: readonly string[], act: () => Promise<T>): Promise<T> => {
    const before = keys.map((key) => last.get(key))
    // Entered for all keys at once, so that two who share several cannot wait for each other.
    const turn = Promise.allSettled(before).then(act)
    for (const key of keys) last.set(key, turn)
    try {
      return await turn
    } finally {
      for (const key of keys) if (last.get(key) === turn) last.delete(key)
    }
  }
}
