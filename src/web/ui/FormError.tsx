import type { ApiFault } from '../api/fault.ts'
import classes from './FormError.module.css'

/** Why the last attempt was refused, above the buttons where the eye is. */
export function FormError({ fault }: { fault: ApiFault | null }) {
  if (fault === null) return null
  return (
    <p className={classes.error} role="alert">
      {fault.message}
      {fault.requestId !== null && fault.status >= 500 && (
        <>
          {' '}
          Reference: <code>{fault.requestId}</code>
        </>
      )}
    </p>
  )
}
