import { type Topic, topics } from '../../contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'

const topicsReadBy = (name: string): readonly Topic[] => {
  const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name as EndpointName] : undefined // Owned, so it is a name.
  return endpoint !== undefined && 'reads' in endpoint ? endpoint.reads : []
}

/** Does a change to these topics change what this endpoint answers? `*` is the stream's word for "anything". */
export function isTouched(name: string, changed: readonly string[]): boolean {
  const reads = topicsReadBy(name)
  return changed.includes('*') ? reads.length > 0 : reads.some((topic) => changed.includes(topic))
}

/** Where a table and the first part of its paths have different names. */
const tableOf: Readonly<Record<string, Topic>> = { roadmap: 'roadmap_items', glossary: 'glossary_terms' }

/** What a write changes: tables and the first part of the path mostly have the same name. */
export function topicOf(name: EndpointName): Topic | null {
  const segment = endpoints[name].path.split('/')[3]?.replaceAll('-', '_') ?? ''
  return tableOf[segment] ?? topics.find((topic) => topic === segment) ?? null
}
