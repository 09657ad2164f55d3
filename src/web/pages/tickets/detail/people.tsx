/** Who it was, as people read it: the portal's own acts are Lakeport's, a token's are named after it. */
export function personName(principal: string): string {
  if (principal.startsWith('system:')) return 'Lakeport'
  return principal.startsWith('token:') ? `${principal.slice('token:'.length)} (token)` : principal
}

export const Person = ({ principal }: { principal: string }) => <bdi>{personName(principal)}</bdi>
