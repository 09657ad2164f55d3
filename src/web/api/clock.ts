/** Below this a difference is the header's whole seconds and the way here, not a wrong clock. */
const TOLERANCE_MS = 3000
let offsetMs = 0

/** Ages are told by the portal's clock, so that a laptop that is ten minutes off does not call everything stale. */
export function noteServerTime(dateHeader: string | null, receivedAt: number): void {
  const server = Date.parse(dateHeader ?? '')
  if (Number.isNaN(server)) return
  const difference = server + 500 - receivedAt
  offsetMs = Math.abs(difference) < TOLERANCE_MS ? 0 : difference
}

export const toServerTime = (localMs: number) => localMs + offsetMs
export const serverNow = () => toServerTime(Date.now())
