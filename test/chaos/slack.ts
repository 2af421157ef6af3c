// A Slack workspace in a process of its own, where calls go wrong as the seed decides.

import { setTimeout as wait } from 'node:timers/promises'
import { scopes } from '#src/platforms/slack/scopes.ts'
import { type Json, words } from '#test/support/slack/draw.ts'
import { writes } from '#test/support/slack/hands.ts'
import { openRig, type Rig } from '#test/support/slack/rig.ts'
import type { Seen } from '#test/support/slack/screen.ts'
import { dice } from './dice.ts'
import { fatesOn, type Victims } from './fates.ts'
import { readAnswer, readWords, type Size } from './plan.ts'
import { answering } from './remote.ts'
import type { Server } from './server.ts'
import type { Found, Held } from './verdict.ts'

const shares = { '429': 0.03, '500': 0.03, cut: 0.03, 'accept-then-cut': 0.03, slow: 0.02, kill: 0.006, late: 0.01 }

interface Workspace {
  rig: Rig
  /** Direct conversations, by person. */
  direct: string[]
  victims: Victims
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
  const victims: Victims = { pids: [], faults: {} }
  const fated = fatesOn(dice(seed), shares, victims)
  rig.api.fate = method => {
    const befalls = fated(method)
    return befalls && { method, ...befalls }
  }
  state.open = { rig, direct, victims }
  return {
    platform: 'slack',
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
  return { held, answers: messages.flatMap(({ text }) => readAnswer(text) ?? []) }
}

const hasFile = ({ blocks }: Seen): boolean => blocks.map(words).some(text => text.includes('.txt'))

answering({
  open,
  ready: () => {},
  bring,
  found,
  again: () => [],
  living: (pids: number[]) => void Object.assign(workspace().victims, { pids }),
  faults: () => workspace().victims.faults,
  close: () => workspace().rig.close(),
})
