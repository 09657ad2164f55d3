import ipaddr from 'ipaddr.js'

/** Where clouds keep credentials for whoever asks from inside, outside the link-local range. */
const metadata: ReadonlySet<string> = new Set(['168.63.129.16', '100.100.100.200', 'fd00:ec2::254'])
/** Never a service: link-local holds every other metadata endpoint; the rest are no hosts, or tunnels to any host. */
const never: ReadonlySet<string> = new Set([
  'linkLocal',
  'unspecified',
  'multicast',
  'broadcast',
  'rfc6145',
  '6to4',
  'teredo',
])

/**
 * Whether a probe may not connect to this address. Link-local and metadata addresses are refused always. Private and
 * loopback ones are what an internal portal is for; `allowPrivate: false` refuses them too.
 */
export function isRefusedAddress(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return true
  const parsed = ipaddr.process(address)
  const range = parsed.range()
  if (parsed.kind() === 'ipv6' && range === 'rfc6052') {
    // NAT64 carries the IPv4 address in its last four bytes.
    return isRefusedAddress(parsed.toByteArray().slice(12).join('.'), allowPrivate)
  }
  return never.has(range) || metadata.has(parsed.toString()) || (!allowPrivate && range !== 'unicast')
}
