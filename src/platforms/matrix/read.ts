import { z } from 'zod'
import { numberOn } from './render.ts'
import type { Heard, Media } from './wire.ts'

/** What a person did in a room, once the native event is read. */
export type Meant =
  | ({ kind: 'wrote' } & Written)
  | { kind: 'pressed'; on: string; number: number }
  | { kind: 'moved'; who: string; change: 'joined' | 'left' }
  | { kind: 'tookBack'; event: string }
export interface Written {
  text: string
  /** She spoke to the bot by name. */
  called: boolean
  /** The root of the thread, and what it answers to. */
  thread?: string
  answersTo?: string
  file?: Brought
}
export interface Brought {
  media: Media
  name: string
  type: string
  /** As the message tells it: not to be believed. */
  size: number
}

const relation = z
  .object({
    rel_type: z.string().optional(),
    event_id: z.string().optional(),
    key: z.string().optional(),
    is_falling_back: z.boolean().optional(),
    'm.in_reply_to': z.object({ event_id: z.string() }).optional(),
  })
  .optional()
const message = z.object({
  msgtype: z.string(),
  body: z.string().default(''),
  filename: z.string().optional(),
  url: z.string().startsWith('mxc://').optional(),
  file: z.looseObject({ url: z.string().startsWith('mxc://') }).optional(),
  info: z.object({ mimetype: z.string().optional(), size: z.number().optional() }).optional().catch(undefined),
  'm.mentions': z
    .object({ user_ids: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
  'm.relates_to': relation.catch(undefined),
})
type Message = z.infer<typeof message>
const reaction = z.object({ 'm.relates_to': z.object({ event_id: z.string(), key: z.string() }) })
const membership = z.object({ membership: z.string() })

/** The bot's own names: how it is called. */
export interface Self {
  user: string
  name: string
}

/** Reads an event; undefined when it asks nothing of the bot: a notice, an edit, a state nobody speaks in. */
export function read({ type, content, stateKey, before, redacts }: Heard, self: Self): Meant | undefined {
  switch (type) {
    case 'm.room.message':
      return wrote(message.safeParse(content).data, self)
    case 'm.reaction':
      return pressed(reaction.safeParse(content).data?.['m.relates_to'])
    case 'm.room.member':
      return moved(stateKey, membership.safeParse(before).data, membership.safeParse(content).data)
    case 'm.room.redaction':
      return redacts === undefined ? undefined : { kind: 'tookBack', event: redacts }
    default:
      return undefined
  }
}

const SPOKEN = new Set(['m.text', 'm.emote', 'm.image', 'm.file', 'm.video', 'm.audio'])

function wrote(given: Message | undefined, self: Self): Meant | undefined {
  const relates = given?.['m.relates_to']
  // Bots speak in notices; an edit changes what was already answered.
  if (!given || !SPOKEN.has(given.msgtype) || relates?.rel_type === 'm.replace') return undefined
  const file = brought(given)
  const said = file ? (given.filename !== undefined && given.filename !== given.body ? given.body : '') : given.body
  const { text, called } = addressed(withoutQuote(said, relates), given, self)
  const thread = relates?.rel_type === 'm.thread' ? relates.event_id : undefined
  const answersTo = relates?.is_falling_back ? undefined : relates?.['m.in_reply_to']?.event_id
  return {
    kind: 'wrote',
    text,
    called,
    ...(thread && { thread }),
    ...(answersTo && { answersTo }),
    ...(file && { file }),
  }
}

function brought({ msgtype, url, file, filename, body, info }: Message): Brought | undefined {
  const address = file?.url ?? url
  if (msgtype === 'm.text' || msgtype === 'm.emote' || !address) return undefined
  return {
    media: { url: address, ...(file && { encrypted: file }) },
    name: (filename ?? body) || 'file',
    type: info?.mimetype ?? 'application/octet-stream',
    size: info?.size ?? 0,
  }
}

/** Older clients repeat what is answered to, each line after a `>`. */
const withoutQuote = (body: string, relates: z.infer<typeof relation>): string =>
  relates?.['m.in_reply_to'] && body.startsWith('> ') ? body.replace(/^(> .*\n)+\n?/, '') : body

/** Whether the bot is called, and what is said to it then. */
function addressed(body: string, given: Message, { user, name }: Self): { text: string; called: boolean } {
  const mentioned = given['m.mentions']?.user_ids?.includes(user) ?? false
  const local = user.slice(1, user.indexOf(':'))
  const first = [user, `@${local}`, `@${name}`, name, local].find(
    each =>
      each !== '' && body.toLowerCase().startsWith(each.toLowerCase()) && /^[\s:,]|^$/.test(body.slice(each.length)),
  )
  if (first === undefined) return { text: body, called: mentioned }
  const rest = body.slice(first.length).replace(/^\s*[:,]?\s*/, '')
  // Without a mention a sentence may begin with its name by chance: only a colon or the full name calls.
  const called = mentioned || first === user || /^\s*[:,]/.test(body.slice(first.length))
  return called ? { text: rest, called } : { text: body, called }
}

function pressed(on: { event_id: string; key: string } | undefined): Meant | undefined {
  const number = on && numberOn(on.key)
  return on && number !== undefined ? { kind: 'pressed', on: on.event_id, number } : undefined
}

type Membership = z.infer<typeof membership> | undefined
function moved(who: string | undefined, before: Membership, now: Membership): Meant | undefined {
  const was = before?.membership === 'join'
  const is = now?.membership === 'join'
  return who === undefined || was === is ? undefined : { kind: 'moved', who, change: is ? 'joined' : 'left' }
}
