// Plays a line of the rehearsal protocol on Matrix: words, numbers and reactions, and a form one question at a time.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Member } from '#src/core/interaction.ts'
import type { OpenForm } from '#src/core/platform.ts'
import type { Bot } from '#src/main.ts'
import { live } from '#src/platforms/console/draw.ts'
import { conversationOf } from '#src/storage/conversations.ts'
import type { Store } from '#src/storage/database.ts'
import type { Line as Played } from '#test/support/slack/player.ts'
import type { Ground } from './ground.ts'
import type { Hands } from './hands.ts'
import { user } from './hands.ts'
import type { Sent } from './recorded.ts'
import { placeOf } from './report.ts'

export type Line = Played
export interface Scene {
  server: Ground
  store: Store
  bot: Bot
  hands: Hands
  eventOf(ref: string): Sent | undefined
  moveTo(at: Temporal.Instant): Promise<void>
  /** Resolves when all that was caused is done, and can be seen. */
  settle(): Promise<void>
  now(): Temporal.Instant
  out(line: object): void
}

/** On a clock that stands still, what was done a moment ago was done before what the bot has just said. */
const NOW = { age: 0 }

export async function played(line: Line, scene: Scene): Promise<void> {
  if (line.at !== undefined) return moved(line.at, scene)
  const { as: person = '' } = line
  const before = await openFor(person, scene)
  if (line.choose !== undefined || line.pick !== undefined) await pressed(line, person, scene)
  else if (line.answers) return answered(line.answers, person, scene)
  else if (line.search !== undefined) return searched(line.search, line.text ?? '', person, scene)
  else if (line.join ?? line.leave) await walked(line, person, scene)
  else await said(line, person, scene)
  const open = await openFor(person, scene)
  if (open && (!before || before.expiresAt !== open.expiresAt || before.form !== open.form))
    await drawForm(person, scene)
}

async function moved(at: string, scene: Scene): Promise<void> {
  const instant = Temporal.Instant.from(at)
  if (Temporal.Instant.compare(instant, scene.now()) < 0) throw new Error('console.clockBack')
  await scene.moveTo(instant)
  await scene.settle()
}

const memberOf = (person: string, { bot }: Scene): Promise<Member> =>
  bot.intake.member({ platform: 'matrix', workspace: 'example.org', account: user(person), name: person })

async function openFor(person: string, scene: Scene) {
  const { id } = await memberOf(person, scene)
  return scene.store.read(tx => conversationOf(tx, id, scene.now()))
}

async function formOf(person: string, scene: Scene): Promise<{ form: OpenForm; member: Member }> {
  const member = await memberOf(person, scene)
  const form = await scene.bot.intake.form(member)
  if (!form) throw new Error(`console.noForm ${person}`)
  return { form, member }
}

async function drawForm(person: string, scene: Scene): Promise<void> {
  const { form, member } = await formOf(person, scene)
  const shown = live({ kind: 'ask', form }, `dm:${person}`, scene.bot.intake.t(member))
  if (shown) scene.out(shown)
}

const roomOf = (where: string, person: string, { hands }: Scene): string =>
  where === 'dm' ? hands.dm(person) : hands.room(where.slice(1))

async function said(line: Line, person: string, scene: Scene): Promise<void> {
  const { in: where = 'dm', text = '', thread, file, id } = line
  const { hands, bot, server, eventOf } = scene
  const root = thread === undefined ? undefined : eventOf(thread)?.id
  const command = where !== 'dm' && !root && !file && bot.intake.read(text).kind === 'command'
  const content = {
    ...(file && attached(file, text, server)),
    ...(root && { 'm.relates_to': { rel_type: 'm.thread', event_id: root } }),
  }
  const typed = command && !/^\s*[!/]oc/i.test(text) ? `!oc ${text}` : text
  await hands.says(person, typed, { in: roomOf(where, person, scene), content, ...NOW, ...(id && { id: `$${id}` }) })
}

function attached(path: string, text: string, server: Ground) {
  const bytes = readFileSync(path)
  const url = `mxc://example.org/${server.files.size}`
  server.files.set(url, bytes)
  const filename = basename(path)
  return { msgtype: 'm.file', url, filename, body: text || filename, info: { size: bytes.length } }
}

async function pressed(line: Line, person: string, scene: Scene): Promise<void> {
  const on = line.ref === undefined ? await latest(line, person, scene) : scene.eventOf(line.ref)
  const choices = on ? await offeredOn(on, scene) : []
  const at = line.pick ?? choices.findIndex(each => fits(each, line)) + 1
  if (!on || at === 0) throw new Error('console.notOffered')
  const number = String(at)
  if (choices.length <= 4) return scene.hands.presses(person, at, { ...on, body: '', html: '', edits: 0 }, NOW)
  const shared = scene.server.rooms.get(on.room)?.direct === undefined
  const content = { 'm.relates_to': { 'm.in_reply_to': { event_id: on.id } } }
  await scene.hands.says(person, shared ? `!oc ${number}` : number, { in: on.room, content, ...NOW })
}

const fits = ({ action, value }: { action: string; value: string }, line: Line): boolean =>
  (line.choose === undefined || action === line.choose) && (line.value === undefined || value === line.value)

async function offeredOn({ room, id }: Sent, { server, bot }: Scene) {
  const place = placeOf(server, room)
  const key = await bot.intake.posted(place, `${room} ${id}`)
  return (key === undefined ? undefined : await bot.intake.offered(place, key))?.choices ?? []
}

async function latest(line: Line, person: string, scene: Scene): Promise<Sent | undefined> {
  const own = scene.hands.dm(person)
  for (const sent of scene.server.sent.toReversed()) {
    if (
      sent.type !== 'm.room.message' ||
      (sent.content['m.relates_to'] as { rel_type?: string } | undefined)?.rel_type === 'm.replace'
    )
      continue
    if (sent.room !== own && scene.server.rooms.get(sent.room)?.direct !== undefined) continue
    if ((await offeredOn(sent, scene)).some(each => fits(each, line))) return sent
  }
  return undefined
}

/** From the first question on, each answer as somebody types it; what does not pass ends it, until she answers again. */
async function answered(given: Record<string, string>, person: string, scene: Scene): Promise<void> {
  const { form } = await formOf(person, scene)
  const stranger = Object.keys(given).find(name => !form.questions.some(each => each.name === name))
  if (stranger !== undefined) throw new Error(`console.noField ${stranger}`)
  while (((await openFor(person, scene))?.field ?? 0) > 0) await scene.hands.says(person, 'indietro', NOW)
  for (const [at, { name }] of form.questions.entries()) {
    for (const { text, ...rest } of await typing(name, given[name], person, scene))
      await scene.hands.says(person, text, { ...rest, ...NOW })
    const open = await openFor(person, scene)
    if (open?.form !== form.name || open.field !== at) continue
    const { body } = scene.hands.last(scene.hands.dm(person))
    return scene.out({ to: `dm:${person}`, problems: { [name]: body } })
  }
}

interface Typed {
  text: string
  content?: object
}
async function typing(name: string, raw: string | undefined, person: string, scene: Scene): Promise<Typed[]> {
  const { form, member } = await formOf(person, scene)
  const question = form.questions.find(each => each.name === name)
  const { kind, options = [], known, source = '' } = question ?? {}
  if (raw === undefined && known !== undefined) return [{ text: 'tieni' }]
  if (raw === undefined || raw === '') return [{ text: 'salta' }]
  if (kind === 'file') return [{ text: '', content: attached(raw, '', scene.server) }]
  const numberOf = (value: string): string => {
    const found = options.findIndex(each => each.value === value || each.label === value)
    return found < 0 ? value : String(found + 1)
  }
  if (kind === 'pick' || kind === 'picks') return [{ text: raw.split(',').map(numberOf).join(',') }]
  if (kind !== 'search') return [{ text: raw }]
  if (options.some(each => each.value === raw)) return [{ text: numberOf(raw) }]
  const found = await scene.bot.intake.search(source, raw, member)
  const at = found.findIndex(({ value, label }) => value === raw || label === raw)
  return found.length > 1 && at >= 0 ? [{ text: raw }, { text: String(at + 1) }] : [{ text: raw }]
}

async function searched(field: string, text: string, person: string, scene: Scene): Promise<void> {
  const { form, member } = await formOf(person, scene)
  const source = form.questions.find(({ name }) => name === field)?.source
  if (source === undefined) throw new Error(`console.noSearch ${field}`)
  scene.out({ to: `dm:${person}`, options: await scene.bot.intake.search(source, text, member) })
}

async function walked({ join, leave }: Line, person: string, { hands, server, settle }: Scene): Promise<void> {
  const room = hands.room((join ?? leave ?? '').slice(1))
  if (join) return hands.joins(person, room)
  const gone = { content: { membership: 'leave' }, before: { membership: 'join' } }
  await server.hear({ room, sender: user(person), type: 'm.room.member', stateKey: user(person), ...gone })
  await settle()
}
