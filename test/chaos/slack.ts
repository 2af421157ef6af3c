// A Slack workspace in a process of its own, where calls go wrong as the seed decides.

import { setTimeout as wait } from 'node:timers/promises'
import { scopes } from '#src/platforms/slack/scopes.ts'
import { type Json, words } from '#test/support/slack/draw.ts'
import { writes } from '#test/support/slack/hands.ts'
import { openRig, type Rig } from '#test/support/slack/rig.ts'
import type { Seen } from '#test/support/slack/screen.ts'
import type { Fault } from '#test/support/slack/web-api.ts'
import { type Dice, dice, fate } from './dice.ts'
import { readWords, type Size } from './plan.ts'
import { answering } from './remote.ts'
import type { Server } from './server.ts'
import type { Found, Held } from './verdict.ts'

const shares = { '429': 0.03, '500': 0.03, cut: 0.03, 'accept-then-cut': 0.03, slow: 0.02, kill: 0.006 }

interface Workspace {
  rig: Rig
  /** Direct conversations, by person. */
  direct: string[]
  /** The processes that may be killed while they wait for an answer. */
  pids: number[]
  faults: Record<string, number>
}
const state: { open?: Workspace } = {}
const workspace = (): Workspace => {
  if (!state.open) throw new Error('not open')
  return state.open
}

async function open({ seed, places, people }: Size & { seed: number }): Promise<Server> {
  const names = Array.from({ length: people }, (_, at) => `p${at}`)
  const channels = Array.from({ length: places }, (_, at) => ({ name: `c${at}`, members: names }))
  const rig = await openRig({
    mode: 'socket',
    people: names.map(name => ({ name })),
    channels,
    scopes: Object.keys(scopes),
  })
  const direct: string[] = []
  for (const name of names) direct.push(await conversation(rig, name))
  state.open = { rig, direct, pids: [], faults: {} }
  rig.api.fate = fates(dice(seed), state.open)
  return {
    settings: { SLACK_BOT_TOKEN: rig.bot.token, SLACK_APP_TOKEN: rig.bot.appToken, SLACK_API_URL: rig.api.url },
    workspace: rig.team,
    places: channels.map(({ name }) => rig.channels.get(name) ?? ''),
    people: names.map(name => rig.users.get(name) ?? ''),
  }
}

async function conversation(rig: Rig, name: string): Promise<string> {
  const { channel } = await rig.as('animatore', 'conversations.open', { users: rig.users.get(name) })
  return String((channel as Json).id)
}

/** What becomes of the n-th call of each method. */
function fates(throws: Dice, open: Workspace): (method: string) => Fault | undefined {
  const counts = new Map<string, number>()
  return method => {
    const n = (counts.get(method) ?? 0) + 1
    counts.set(method, n)
    const kind = fate(shares, throws(method, n))
    if (!kind || (kind === 'kill' && open.pids.length === 0)) return undefined
    open.faults[kind] = (open.faults[kind] ?? 0) + 1
    if (kind !== 'kill')
      return { method, kind, retryAfter: 1 + Math.floor(throws('patience', n) * 30), milliseconds: 150 }
    kill(open, throws('who dies', n))
    return { method, kind: throws('how far it came', n) < 0.5 ? 'cut' : 'accept-then-cut' }
  }
}

function kill({ pids }: Workspace, thrown: number): void {
  const [pid] = pids.splice(Math.floor(thrown * pids.length), 1)
  try {
    if (pid) process.kill(pid, 'SIGKILL')
  } catch {
    // It died by itself just before.
  }
}

/** Somebody writes to the bot: brought until it is acknowledged, however long that takes. */
async function bring({ person, text, id }: { person: number; text: string; id: string }): Promise<void> {
  const { rig, direct } = workspace()
  for (let acknowledged = false; !acknowledged; ) {
    while (rig.socket?.connections === 0) await wait(20)
    acknowledged = await writes(rig, `p${person}`, direct[person] ?? '', text, { id }).then(
      times => times < 4,
      () => false,
    )
  }
}

function found(): Found {
  const { rig, direct } = workspace()
  const places = new Map([
    ...[...rig.channels].map(([name, id]) => [id, `place ${name.slice(1)}`] as const),
    ...direct.map((id, at) => [id, `person ${at}`] as const),
  ])
  const { messages } = rig.screen
  const numberAt = new Map(messages.map(each => [`${each.channel} ${each.ts}`, readWords(each.text)?.n]))
  const held = messages.flatMap((seen): Held[] => {
    const said = readWords(seen.text)
    const under = seen.thread === undefined ? undefined : numberAt.get(`${seen.channel} ${seen.thread}`)
    const where = places.get(seen.channel) ?? seen.channel
    return said ? [{ ...said, where, file: hasFile(seen), ...(under !== undefined && { under }) }] : []
  })
  return { held, answers: messages.flatMap(({ text }) => /^done (.+)$/.exec(text)?.[1] ?? []) }
}

const hasFile = ({ blocks }: Seen): boolean => blocks.map(words).some(text => text.includes('.txt'))

answering({
  open,
  bring,
  found,
  living: (pids: number[]) => void Object.assign(workspace(), { pids }),
  faults: () => workspace().faults,
  close: () => workspace().rig.close(),
})
