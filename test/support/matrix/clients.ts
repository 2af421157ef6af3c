// What people's clients see to before they send, because no homeserver would take it otherwise.
import type { Homestead } from './ground.ts'

export type Content = Record<string, unknown>
interface Relation {
  rel_type: string
  event_id: string
  key?: string
}
const relationOf = (content: Content | undefined): Relation | undefined =>
  content?.['m.relates_to'] as Relation | undefined

/** What is said below something that is in a thread goes on with that thread: there are none within threads. */
export function withinOneThread(content: Content, sent: Homestead['sent']): Content {
  const to = relationOf(content)
  if (to?.rel_type !== 'm.thread') return content
  const above = relationOf(sent.find(({ id }) => id === to.event_id)?.content)
  if (above?.rel_type !== 'm.thread') return content
  return { ...content, 'm.relates_to': { rel_type: 'm.thread', event_id: above.event_id } }
}

/** A reaction of somebody's, as one word. */
export const pressOf = (content: Content, user: string): string =>
  `${user} ${relationOf(content)?.event_id} ${relationOf(content)?.key}`
