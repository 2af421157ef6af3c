import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import type { Reader } from '#src/core/message.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Client } from './client.ts'
import type { Files } from './files.ts'
import type { Afterwards } from './patience.ts'
import type { People } from './people.ts'
import type { Posting } from './post.ts'

/** Everything that listening to Slack needs at hand. */
export interface Bench {
  client: Client
  intake: () => Intake
  people: People
  files: Files
  posting: Posting
  afterwards: Afterwards
  log: Log
  now: () => Temporal.Instant
  /** The language and time of somebody whom the bot has not met. */
  home: () => Reader
  /** Who the bot is; known once it has started. */
  self: () => Self
  /** How often each modal came back with problems: the same answers may then be sent again. */
  rounds: Map<string, number>
  /** The direct conversation with a user. */
  direct: (user: string) => Promise<string>
  /** Whether coming into the workspace is an arrival of its own. */
  welcomesAtDoor: () => Promise<boolean>
}
export interface Self {
  workspace: string
  user: string
}

/** Slack names direct conversations with a D. */
export const isDirect = (channel: string): boolean => channel.startsWith('D')

/** Where something happened: a channel as the bot knows it, or her direct conversation. */
export const placeOf = (bench: Bench, channel: string, workspace: string, member: Member): Promise<Place> => {
  if (!isDirect(channel)) return bench.intake().place('slack', workspace, channel)
  const { locale, timezone } = member
  return Promise.resolve({ platform: 'slack', workspace, id: channel, direct: true, locale, timezone })
}

/** What every interaction has. */
export const happened = (
  bench: Bench,
  id: string,
  member: Member,
  place: Place,
): Pick<Interaction, 'id' | 'at' | 'member' | 'place'> => ({
  id: `slack:${place.workspace}:${id}`,
  at: bench.now(),
  member,
  place,
})

/** The outbox key of the thread's root, when the root is ours. */
export async function threadOf(
  bench: Bench,
  workspace: string,
  channel: string,
  root: string | undefined,
): Promise<{ thread?: string }> {
  if (!root) return {}
  const key = await bench.intake().posted({ platform: 'slack', workspace }, `${channel}/${root}`)
  return key === undefined ? {} : { thread: key }
}
