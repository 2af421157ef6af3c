import type { Problem } from '#src/core/form.ts'
import type { Interaction } from '#src/core/interaction.ts'
import { type Bench, happened, isDirect, placeOf, threadOf } from './bench.ts'
import { publishHome } from './home.ts'
import { before, PATIENCE } from './patience.ts'
import {
  readChannel,
  readEvent,
  readMoved,
  readNamed,
  readOpened,
  readSaid,
  readUserOf,
  type Said,
  type SlackUser,
} from './read.ts'
import { show } from './show.ts'
import { asRead } from './written.ts'

/** An event of Slack's, with the envelope that names it. */
export type Heard = (event: unknown, body: unknown, bench: Bench) => Promise<void>

/** Written down before Slack is told that it arrived. Too slow, and Slack brings it again: nothing is lost. */
async function taken(make: () => Promise<Interaction | undefined>, bench: Bench): Promise<void> {
  const until = AbortSignal.timeout(PATIENCE)
  const event = await before(
    until,
    make().then(async made => (made && (await bench.intake().accept(made, until)) ? made : undefined)),
  )
  if (!event) return
  const { member, place, id } = event
  bench.afterwards.add(
    bench
      .intake()
      .handle(id)
      .then(live => show(live, { member, place, event: id }, bench)),
  )
}

/** What a message is made of; edits, deletions and whatever bots say are not for us. */
const spoken = ({ subtype, bot_id }: Said): boolean =>
  !bot_id && (subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast')

/** Words in the direct conversation, and in threads that the bot began. All else in a channel is nobody's business. */
export const said: Heard = async (event, body, bench) => {
  const given = readSaid(event)
  const { user, channel, text } = given
  const calls = text.includes(`<@${bench.self().user}>`)
  if (!user || !spoken(given) || (!isDirect(channel) && (calls || !given.thread_ts))) return
  await taken(() => saidEvent(given, user, body, false, bench), bench)
}

/** Called by name in a channel: what follows is a command, or a wish for help. */
export const mentioned: Heard = async (event, body, bench) => {
  const given = readSaid(event)
  const { user } = given
  if (!user || !spoken(given) || isDirect(given.channel)) return
  await taken(() => saidEvent(given, user, body, true, bench), bench)
}

async function saidEvent(
  given: Said,
  user: string,
  body: unknown,
  called: boolean,
  bench: Bench,
): Promise<Interaction | undefined> {
  const { id, team } = readEvent(body)
  const thread = await threadOf(bench, team, given.channel, given.thread_ts)
  if (!isDirect(given.channel) && !called && !thread.thread) return undefined
  const member = await bench.people.member(team, user)
  if (!member) return undefined
  const place = await placeOf(bench, given.channel, team, member)
  const text = await asRead(given.text.replaceAll(`<@${bench.self().user}>`, ' ').trim(), team, bench)
  // In a thread people talk to each other: what reads like a command there is not one.
  const read =
    thread.thread && !called ? { kind: 'said' as const, text } : bench.intake().read(called ? `/oc ${text}` : text)
  const brought = await attached(given, member, bench)
  // Slack tells of one message twice when it calls the bot by name: as a mention and as a message have the same time.
  return { ...happened(bench, id, member, place), ...thread, ...brought, ...read }
}

async function attached(
  { files = [] }: Said,
  member: Interaction['member'],
  bench: Bench,
): Promise<{ file?: string; refused?: Problem }> {
  const [file] = files
  return file ? bench.files.take(file, member) : {}
}

const moving =
  (kind: 'joined' | 'left'): Heard =>
  async (event, body, bench) => {
    const { user, channel } = readMoved(event)
    const { id, team } = readEvent(body)
    if (user === bench.self().user) return
    await taken(async () => {
      const member = await bench.people.member(team, user)
      if (!member) return undefined
      const place = await placeOf(bench, channel, team, member)
      return { ...happened(bench, id, member, place), kind }
    }, bench)
  }
export const joined = moving('joined')
export const left = moving('left')

/** Somebody is new in the workspace: an arrival only where the community says so. */
export const arrived: Heard = async (event, body, bench) => {
  const user = readUserOf(event)
  if (user.is_bot || !(await bench.welcomesAtDoor())) return
  const { id, team } = readEvent(body)
  await taken(async () => {
    const member = await bench.people.member(team, user.id, user.name)
    if (!member) return undefined
    const place = await placeOf(bench, await bench.direct(user.id), team, member)
    return { ...happened(bench, id, member, place), kind: 'joined' as const }
  }, bench)
}

export const opened: Heard = async (event, body, bench) => {
  const { user, tab } = readOpened(event)
  if (tab !== 'home') return
  const member = await bench.people.member(readEvent(body).team, user)
  if (member) await publishHome(user, member, bench)
}

export const profiled: Heard = async (event, body, bench) => {
  const user: SlackUser = readUserOf(event)
  await bench.people.follow(readEvent(body).team, user)
}
export const renamed: Heard = async (event, body, bench) => {
  const { id, name } = readNamed(event)
  const place = { platform: 'slack' as const, workspace: readEvent(body).team, id }
  await bench.intake().follow({ kind: 'renamed', place, name })
}
export const closed: Heard = async (event, body, bench) => {
  const place = { platform: 'slack' as const, workspace: readEvent(body).team, id: readChannel(event) }
  await bench.intake().follow({ kind: 'closed', place })
}

/** Which of Slack's events mean what. The manifest asks for these, and for no others. */
export const events: Readonly<Record<string, Heard>> = {
  message: said,
  app_mention: mentioned,
  app_home_opened: opened,
  member_joined_channel: joined,
  member_left_channel: left,
  team_join: arrived,
  user_change: profiled,
  channel_rename: renamed,
  group_rename: renamed,
  channel_archive: closed,
  channel_deleted: closed,
  group_archive: closed,
  group_deleted: closed,
}
