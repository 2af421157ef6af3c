// Plays a line of the rehearsal protocol in Slack: a command where Slack has commands, a press where it has buttons.

import type { Bot } from '#src/main.ts'
import type { SlackPlatform } from '#src/platforms/slack/adapter.ts'
import { filled } from './answers.ts'
import { type Json, optionOf, type Pressable, pressables } from './draw.ts'
import { clicks, searches, sends, slashes, writes } from './hands.ts'
import type { Rig } from './rig.ts'
import type { Seen } from './screen.ts'

export interface Line {
  as?: string
  at?: string
  in?: string
  text?: string
  thread?: string
  file?: string
  id?: string
  choose?: string
  pick?: number
  value?: string
  ref?: string
  answers?: Record<string, string>
  search?: string
  join?: string
  leave?: string
}
export interface Scene {
  rig: Rig
  bot: Bot
  platform: SlackPlatform
  moveTo(at: Temporal.Instant): Promise<void>
  now(): Temporal.Instant
  out(line: Json): void
}

/** The direct conversation of a person with the bot. */
export async function direct({ rig }: Scene, person: string): Promise<string> {
  const user = rig.users.get(person)
  if (!user) throw new Error(`console.nobody ${person}`)
  const { channel } = await rig.as('animatore', 'conversations.open', { users: user })
  return String((channel as Json).id)
}

const byRef = (rig: Rig, ref: string): Seen | undefined => rig.screen.messages[Number(ref.slice(1)) - 1]
const OPENS = 'slack.open'

export async function played(line: Line, scene: Scene): Promise<void> {
  if (line.at !== undefined) return moved(line.at, scene)
  const { as: person = '' } = line
  if (line.choose !== undefined || line.pick !== undefined) await pressed(line, person, scene)
  else if (line.answers) await answered(line.answers, person, scene)
  else if (line.search !== undefined) await searched(line.search, line.text ?? '', person, scene)
  else if (line.join ?? line.leave) await walked(line, person, scene)
  else await said(line, person, scene)
  await settled(scene)
}

async function moved(at: string, scene: Scene): Promise<void> {
  const instant = Temporal.Instant.from(at)
  if (Temporal.Instant.compare(instant, scene.now()) < 0) throw new Error('console.clockBack')
  await scene.moveTo(instant)
  await settled(scene)
}

/** Everything that was acknowledged is done, and everything that is due has gone out. */
export async function settled({ bot, platform }: Scene): Promise<void> {
  await platform.idle()
  await bot.settle()
  await platform.idle()
}

async function said(line: Line, person: string, scene: Scene): Promise<void> {
  const { rig, bot } = scene
  const { in: where = 'dm', text = '', thread, file, id } = line
  const channel = where === 'dm' ? await direct(scene, person) : rig.channels.get(where.slice(1))
  if (!channel) throw new Error(`console.noPlace ${where}`)
  // Only who is in a channel can write there.
  if (where !== 'dm') await rig.as(person, 'conversations.join', { channel })
  const root = thread === undefined ? undefined : byRef(rig, thread)?.ts
  const command = bot.intake.read(text).kind === 'command' && !root && !file && !id
  if (command) await slashes(rig, person, channel, text)
  else
    await writes(rig, person, channel, text, {
      ...(root && { thread: root }),
      ...(file && { file }),
      ...(id && { id }),
    })
  await opened(person, scene)
}

/** Where no modal could be opened, a button waits: whoever is asked something presses it. */
async function opened(person: string, scene: Scene): Promise<void> {
  await settled(scene)
  const { rig } = scene
  const waiting = rig.screen.messages.at(-1)
  const [button] = waiting ? pressables(waiting.blocks).filter(({ action }) => action === OPENS) : []
  if (waiting && button) await clicks(rig, person, waiting, button)
}

const sees = (seen: Seen, user: string, dm: string, inside: ReadonlySet<string>): boolean =>
  seen.only ? seen.only === user : seen.channel === dm || inside.has(seen.channel)

async function pressed(line: Line, person: string, scene: Scene): Promise<void> {
  const { rig } = scene
  const on = line.ref === undefined ? await latest(line, person, scene) : byRef(rig, line.ref)
  if (!on) throw new Error('console.notOffered')
  const all = [on.blocks, ...on.before.toReversed()].map(pressables)
  const choice = line.pick === undefined ? meant(all, line) : all[0]?.[line.pick - 1]
  if (!choice) throw new Error(line.pick === undefined ? 'console.notOffered' : 'console.noChoice')
  await clicks(rig, person, on, choice)
  await opened(person, scene)
}

/** The button as it stands, or as it once stood: she may still have the old message before her eyes. */
function meant(all: Pressable[][], { choose = '', value }: Line): Pressable | undefined {
  const fits = (each: Pressable): boolean => each.action === choose && (value === undefined || each.value === value)
  const there = all.flat().find(fits)
  if (there || value === undefined) return there
  const block = all.flat()[0]?.block
  const native = { type: 'button', action_id: `${choose}#0`, ...(value !== '' && { value }) }
  return block === undefined ? undefined : { label: '', action: choose, value, block, native }
}

async function latest(line: Line, person: string, scene: Scene): Promise<Seen | undefined> {
  const { rig } = scene
  const dm = await direct(scene, person)
  const user = rig.users.get(person) ?? ''
  const inside = new Set<string>()
  for (const channel of rig.channels.values()) {
    const { members } = await rig.as('animatore', 'conversations.members', { channel })
    if ((members as string[]).includes(user)) inside.add(channel)
  }
  const fits = ({ action, value }: Pressable): boolean =>
    action !== OPENS &&
    (line.choose === undefined || (action === line.choose && (line.value === undefined || value === line.value)))
  return rig.screen.messages.findLast(seen => sees(seen, user, dm, inside) && pressables(seen.blocks).some(fits))
}

async function answered(answers: Record<string, string>, person: string, { rig, bot }: Scene): Promise<void> {
  const user = rig.users.get(person) ?? ''
  const modal = rig.screen.before(user)
  const member = await bot.intake.member({ platform: 'slack', workspace: rig.team, account: user, name: person })
  if (!modal || !(await bot.intake.form(member))) throw new Error(`console.noForm ${person}`)
  await sends(rig, person, modal, await filled(rig, person, modal, answers))
}

async function searched(field: string, text: string, person: string, { rig, out }: Scene): Promise<void> {
  const modal = rig.screen.before(rig.users.get(person) ?? '')
  if (!modal) throw new Error(`console.noSearch ${field}`)
  out({ to: `dm:${person}`, options: (await searches(rig, person, modal, field, text)).map(optionOf) })
}

async function walked({ join, leave }: Line, person: string, { rig }: Scene): Promise<void> {
  const channel = rig.channels.get((join ?? leave ?? '').slice(1))
  if (!channel) throw new Error(`console.noPlace ${join ?? leave}`)
  await rig.as(person, join ? 'conversations.join' : 'conversations.leave', { channel })
  await rig.event({
    type: join ? 'member_joined_channel' : 'member_left_channel',
    user: rig.users.get(person),
    channel,
  })
}
