import type { RequestListener } from 'node:http'
import type { Place } from '#src/core/interaction.ts'
import type { Reader } from '#src/core/message.ts'
import type { Intake, Platform, Spot } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Bench, Self } from './bench.ts'
import { type Client, openClient } from './client.ts'
import { directWith, enter, infoOf } from './conversations.ts'
import { type Mode, openDoor } from './door.ts'
import { refusedOr } from './errors.ts'
import { filesOf } from './files.ts'
import { find } from './find.ts'
import { SLACK_LIMITS } from './limits.ts'
import { lineOf } from './line.ts'
import { quiet } from './log.ts'
import { afterwards } from './patience.ts'
import { peopleOf } from './people.ts'
import { edit, post } from './post.ts'

export interface SlackOptions {
  token: string
  mode: Mode
  /** Where Slack's interface is; an emulator's address in tests. */
  api?: string
  log: Log
  now: () => Temporal.Instant
  /** Her account in a workspace. */
  accountOf: (member: string, workspace: string) => Promise<string | undefined>
  welcomesAtDoor: () => Promise<boolean>
  home: Reader
  /** Largest file taken in, in bytes. */
  largestFile: number
}
export interface SlackPlatform extends Platform {
  /** For our own server, when Slack comes by signed requests. */
  listener: RequestListener | undefined
  /** Resolves when nothing that was acknowledged is still being done. */
  idle(): Promise<void>
}

export const SLACK = 'https://slack.com/api/'

export function slackPlatform(options: SlackOptions): SlackPlatform {
  const { token, mode, log, api = SLACK } = options
  const known: { intake?: Intake; self?: Self } = {}
  const bench = benchOf(
    options,
    () => started(known.intake),
    () => started(known.self),
  )
  const { client, posting } = bench
  const connect = async (): Promise<void> => {
    known.self = await selfOf(client)
    await door.start()
  }
  const line = lineOf(() => connect().catch(refusedOr), log)
  const door = openDoor({ ...options, token, mode, api, logger: quiet(log), lost: line.lost }, bench)
  return {
    name: 'slack',
    asks: 'form',
    limits: SLACK_LIMITS,
    listener: door.listener,
    start: given => {
      known.intake = given
      return line.open()
    },
    up: line.up,
    post: (message, at) => post(message, at, posting),
    edit: (ref, message, at) => edit(ref, message, at, posting),
    find: (at, message) => find(at, message, posting),
    direct: async ({ account, workspace }) => directPlace(await bench.direct(account), workspace, options.home),
    enter: place => entered(place, bench),
    idle: bench.afterwards.done,
    stop: async () => {
      line.close()
      await door.stop()
      await bench.afterwards.done()
    },
  }
}

function started<T>(what: T | undefined): T {
  if (!what) throw new Error('Slack has not started')
  return what
}

/** Goes in, and learns on the way what the place is called. */
async function entered(place: Spot, { client, intake }: Bench): Promise<boolean> {
  const inside = await enter(place, client)
  const name = inside ? (await infoOf(place.id, client))?.name : undefined
  if (name) await intake().follow({ kind: 'renamed', place, name })
  return inside
}

async function selfOf(client: Client): Promise<Self> {
  const { team_id = '', user_id = '' } = await client.auth.test()
  return { workspace: team_id, user: user_id }
}

const directPlace = (id: string, workspace: string, { locale, timezone }: Reader): Place => ({
  platform: 'slack',
  workspace,
  id,
  direct: true,
  locale,
  timezone,
})

function benchOf(options: SlackOptions, intake: () => Intake, self: () => Self): Bench {
  const { token, log, api = SLACK, largestFile: largest } = options
  const client = openClient(token, api, quiet(log))
  const files = filesOf({ client, intake, token, api, largest })
  const conversations = new Map<string, string>()
  return {
    client,
    intake,
    self,
    log,
    files,
    people: peopleOf(client, intake),
    posting: { client, files, intake, accountOf: options.accountOf, replaceable: new Map() },
    afterwards: afterwards(error => log.error({ error }, 'something in Slack could not be finished')),
    now: options.now,
    rounds: new Map(),
    home: () => options.home,
    welcomesAtDoor: options.welcomesAtDoor,
    direct: async user => {
      const channel = conversations.get(user) ?? (await directWith(user, client))
      conversations.set(user, channel)
      return channel
    },
  }
}
