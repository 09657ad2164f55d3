import { useEffect } from 'react'

/** Once, when the page has nothing else to do; a browser that cannot tell does it soon. */
export function useIdle(act: () => unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once is once.
  useEffect(() => {
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(act, 2000)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(() => act())
    return () => cancelIdleCallback(handle)
  }, [])
}
