/** The browser's storage where it lets us; a refusal reads as "nothing stored", and the page works on without. */
export function stored(storage: () => Storage) {
  return {
    get(key: string): string | null {
      try {
        return storage().getItem(key)
      } catch {
        return null
      }
    },
    set(key: string, value: string | null): void {
      try {
        if (value === null) storage().removeItem(key)
        else storage().setItem(key, value)
      } catch {
        // Full or forbidden.
      }
    },
  }
}

/** Until this tab is closed. */
export const forSession = stored(() => sessionStorage)
/** On this browser. */
export const forBrowser = stored(() => localStorage)
