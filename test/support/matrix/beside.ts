// The whole bot with the console and, beside it, Matrix on a homeserver in memory: one community on two platforms.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse, stringify } from 'yaml'
import { openStage } from '#src/cli/stage.ts'
import type { Platform } from '#src/core/platform.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import type { Bot } from '#src/main.ts'
import type { Shown } from '#src/platforms/console/draw.ts'
import { play } from '#src/platforms/console/rehearsal.ts'
import { matrixPlatform } from '#src/platforms/matrix/adapter.ts'
import type { Store } from '#src/storage/database.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { addressesOn } from '#src/storage/places.ts'
import { strict } from '../community.ts'
import { ME, type Recorded, recordedHomeserver, type Sent } from './recorded.ts'

interface Kit {
  people: { person: string; accounts?: Record<string, string> }[]
  places: { place: string; matrix?: string }[]
}
/** A message of the bot as a client shows it now. */
export interface Told {
  id: string
  room: string
  body: string
  html: string
  content: Record<string, unknown>
  edits: number
}
export interface Beside {
  server: Recorded
  store: Store
  bot: Bot
  platform: Platform
  /** Somebody of the console acts. */
  line(line: object): Promise<void>
  shown: Shown[]
  /** Somebody on Matrix writes, in her direct conversation or a room; the event's id. */
  says(who: string, text: string, where?: { in?: string; content?: object; age?: number; id?: string }): Promise<string>
  presses(who: string, number: number, on: Told): Promise<void>
  joins(who: string, room: string): Promise<void>
  /** Everything the bot said in a room. */
  told(room: string): Told[]
  last(room: string): Told
  dm(who: string): string
  room(place: string): string
  settle(): Promise<void>
}

export const user = (name: string): string => `@${name}:example.org`
const roomOf = (place: string): string => `!${place}:example.org`

/** `only` names the people who have a Matrix account in the kit; nobody's accounts without it, but for `everyone`. */
export async function besideTheConsole({ only }: { only?: readonly string[] } = {}): Promise<Beside> {
  const kit = parse(demoKit()) as Kit
  for (const person of kit.people)
    if (!only || only.includes(person.person)) person.accounts = { ...person.accounts, matrix: user(person.person) }
  for (const place of kit.places) place.matrix = `#${place.place}:example.org`
  const server = recordedHomeserver()
  for (const { place, matrix = '' } of kit.places)
    server.rooms.set(roomOf(place), { id: roomOf(place), aliases: [matrix], encrypted: true })
  const shown: Shown[] = []
  const show = (line: object): void => void shown.push(line as Shown)
  let platform: Platform | undefined
  const { stage, store, bot } = await openStage({
    db: join(mkdtempSync(join(tmpdir(), 'animatore-beside-')), 'test.db'),
    prepare: preparing(stringify(kit), openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })),
    at: Temporal.Instant.from('2027-01-11T09:00:00Z'),
    asks: 'form',
    log: strict,
    show,
    out: show,
    beside: ({ store: opened, now }) => {
      platform = matrixPlatform({
        wire: server.wire,
        allowed: ['example.org'],
        addresses: () => opened.read(tx => addressesOn(tx, 'matrix')),
        home: { locale: 'it', timezone: 'Europe/Rome' },
        now,
        largestFile: LARGEST_FILE,
        log: strict,
      })
      return [platform]
    },
  })
  if (!platform) throw new Error('nothing was opened beside the console')
  onTestFinished(() => bot.stop())
  const told = (room: string): Told[] => toldIn(server.sent, room)
  const dm = (who: string): string => {
    const known = [...server.rooms.values()].find(({ direct }) => direct === user(who))
    const id = known?.id ?? `!dm-${who}:example.org`
    if (!known) server.rooms.set(id, { id, direct: user(who), aliases: [], encrypted: true })
    return id
  }
  let count = 0
  const happens = async (event: Parameters<Recorded['hear']>[0]): Promise<string> => {
    count += 1
    const id = event.id ?? `$event${count}`
    await server.hear({ ...event, id })
    await bot.settle()
    return id
  }
  return {
    server,
    store,
    bot,
    platform,
    shown,
    told,
    dm,
    room: roomOf,
    settle: bot.settle,
    last: room => {
      const found = told(room).at(-1)
      if (!found) throw new Error(`nothing was said in ${room}`)
      return found
    },
    line: async line => {
      const wrong = await play(JSON.stringify(line), stage)
      if (wrong) throw new Error(JSON.stringify(wrong))
    },
    says: (who, text, { in: room, content = {}, ...rest } = {}) =>
      happens({
        room: room ?? dm(who),
        sender: user(who),
        content: { msgtype: 'm.text', body: text, ...content },
        ...rest,
      }),
    presses: async (who, number, on) => {
      const relation = { rel_type: 'm.annotation', event_id: on.id, key: `${number}\uFE0F\u20E3` }
      const content = { 'm.relates_to': relation }
      await happens({ room: on.room, sender: user(who), type: 'm.reaction', content })
    },
    joins: async (who, room) => {
      const content = { membership: 'join' }
      await happens({ room, sender: user(who), type: 'm.room.member', stateKey: user(who), content, before: {} })
    },
  }
}

function toldIn(sent: readonly Sent[], room: string): Told[] {
  const messages = new Map<string, Told>()
  for (const { id, room: where, type, content } of sent) {
    if (where !== room || type !== 'm.room.message') continue
    const relation = content['m.relates_to'] as { rel_type: string; event_id: string } | undefined
    const fresh = (content['m.new_content'] ?? content) as { body: string; formatted_body?: string }
    const said = { body: fresh.body, html: fresh.formatted_body ?? '', content }
    const original = relation?.rel_type === 'm.replace' ? messages.get(relation.event_id) : undefined
    if (original) Object.assign(original, said, { edits: original.edits + 1 })
    else messages.set(id, { id, room, edits: 0, ...said })
  }
  return [...messages.values()]
}

export { ME }
