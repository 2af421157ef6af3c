import type { Account, Homeserver } from './homeserver.ts'
import { readAnswer, readWords } from './plan.ts'
import type { Found, Held } from './verdict.ts'

interface Event {
  id: string
  sender: string
  body: string
  filename: string | undefined
  relation: { rel_type?: string; event_id?: string } | undefined
  /** What an edit puts in the place of what was there. */
  instead: string | undefined
}

interface Rooms {
  home: Homeserver
  people: readonly Account[]
  rooms: ReadonlyMap<string, string>
  bot: string
}

/** What the bot has said in every room, as everybody there sees it. */
export async function foundIn({ home, people, rooms, bot }: Rooms): Promise<Found> {
  const held: Held[] = []
  const answers: string[] = []
  for (const [room, where] of rooms) {
    const reader = people[where.startsWith('person') ? Number(where.split(' ')[1]) : 0]
    if (!reader) continue
    const events = (await home.history(room, reader)).map(read).filter(({ sender }) => sender === bot)
    held.push(...heldIn(events, where))
    answers.push(...events.flatMap(({ body }) => readAnswer(body) ?? []))
  }
  return { held, answers }
}

function heldIn(events: readonly Event[], where: string): Held[] {
  const edits = Map.groupBy(
    events.filter(({ relation }) => relation?.rel_type === 'm.replace'),
    ({ relation }) => relation?.event_id,
  )
  const numberOf = new Map(events.map(({ id, body }) => [id, readWords(body)?.n]))
  const files = events.flatMap(({ filename }) => filename ?? [])
  const shown = events.filter(({ relation, filename }) => relation?.rel_type !== 'm.replace' && filename === undefined)
  return shown.flatMap(({ id, body, relation }): Held[] => {
    const said = readWords(edits.get(id)?.at(-1)?.instead ?? body)
    const under = relation?.rel_type === 'm.thread' ? numberOf.get(relation.event_id ?? '') : undefined
    if (!said) return []
    const own = files.filter(name => name === `${said.n}.txt`)
    const one = { ...said, where, file: own.length > 0, ...(under !== undefined && { under }) }
    // A file that was shown twice is a post that was made twice.
    return Array.from({ length: Math.max(1, own.length) }, () => one)
  })
}

function read(event: Record<string, unknown>): Event {
  const content = (event.content ?? {}) as Record<string, unknown>
  const fresh = content['m.new_content'] as { body?: unknown } | undefined
  return {
    id: String(event.event_id),
    sender: String(event.sender),
    body: typeof content.body === 'string' ? content.body : '',
    filename: typeof content.filename === 'string' ? content.filename : undefined,
    relation: content['m.relates_to'] as Event['relation'],
    instead: typeof fresh?.body === 'string' ? fresh.body : undefined,
  }
}
