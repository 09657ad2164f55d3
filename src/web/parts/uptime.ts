interface Window {
  uptime_percent: number | null
  coverage: number | null
}

/** "99.982 % over 90 days, 98 % measured". Coverage is floored: 99.9 % measured is not all of it. */
export function uptimeText({ uptime_percent: percent, coverage }: Window, days: number): string {
  const over = `over ${days} ${days === 1 ? 'day' : 'days'}`
  const measured = `${coverage === null ? 0 : Math.floor(coverage * 100)} % measured`
  return percent === null ? `Uptime not known ${over}, ${measured}` : `${percentText(percent)} ${over}, ${measured}`
}

/** Three digits at most, cut and not rounded, so that any downtime never reads 100. */
export const percentText = (percent: number) => `${Math.floor(percent * 1000 + 1e-6) / 1000} %`

/** A share between 0 and 1, as for one day. */
export const shareText = (share: number | null) => (share === null ? 'not known' : percentText(share * 100))
