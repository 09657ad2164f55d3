import type { ErrorComponentProps } from '@tanstack/react-router'
import { ErrorState } from '../parts/ErrorState.tsx'
import { useTitle } from '../ui/use-title.ts'

/** A page that could not be drawn at all, or whose code could not be fetched after a release. */
export function PageError({ error, reset }: ErrorComponentProps) {
  useTitle('Error')
  const isOldCode = error instanceof Error && /import|module|chunk/i.test(error.message)
  return <ErrorState level={1} error={error} what="page" onRetry={isOldCode ? () => location.reload() : reset} />
}
