import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import type { Platform } from '#src/core/platform.ts'
import { enroll } from '#src/features/communities/store.ts'
import { features } from '#src/features/index.ts'
import { assemble, type Bot } from '#src/main.ts'
import type { Store } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { demonstration } from '#test/support/demonstration.ts'

export const now = Temporal.Instant.from('2027-01-11T09:00:00Z')

/** Everything arrives and nothing is shown: what is measured is the bot. */
export const nowhere: Platform = {
  name: 'web',
  asks: 'form',
  start: async () => {},
  post: async (_, { key }) => key,
  edit: async ref => ref,
  find: async () => undefined,
  direct: async ({ workspace, account }) => placeOf(workspace, account),
  stop: async () => {},
}
const placeOf = (workspace: string, account: string): Place => ({
  platform: 'web',
  workspace,
  id: `dm:${account}`,
  direct: true,
  locale: 'it',
  timezone: 'Europe/Rome',
})

/** A bot at rest, on a database that is its own. */
export function botOn(
  store: Store,
  platform: Platform = nowhere,
  clock: Pick<Parameters<typeof assemble>[0], 'now' | 'elapsed'> = { now: () => now },
): Bot {
  const log = { info: () => {}, warn: () => {}, error: failed }
  return assemble({ store, features, platforms: [platform], workers: {}, log, shared: false, ...clock })
}

/** The bot with the demo community and so many more members of it, at rest. */
export async function crowdOn(store: Store, count: number): Promise<{ bot: Bot; crowd: Member[] }> {
  const bot = botOn(store)
  await store.transaction(tx => demonstration(tx, now))
  const crowd: Member[] = []
  for (let at = 0; at < count; at += 1) {
    const member = await bot.intake.member({ platform: 'web', workspace: 'local', account: `m${at}`, name: `M ${at}` })
    await store.transaction(tx => enroll(tx, member.id, 'suape', now))
    crowd.push(member)
  }
  return { bot, crowd }
}

function failed(fields: object, what: string): never {
  throw new Error(what, { cause: 'error' in fields ? fields.error : fields })
}

const happened = (member: Member) => ({ id: newId(), at: now, member, place: placeOf('local', member.id) })

/** What a member does on an ordinary day: asks what there is, looks for a practice, opens a form and sends it. */
export const ordinaryDay = (member: Member): Interaction[] => [
  { ...happened(member), kind: 'command', name: 'core.help', text: '' },
  { ...happened(member), kind: 'command', name: 'practices.list', text: 'sportello' },
  { ...happened(member), kind: 'command', name: 'laboratories.request', text: '' },
  {
    ...happened(member),
    kind: 'answers',
    form: 'laboratories.request',
    about: '',
    raw: {
      practice: 'P-0001',
      event: 'reuser_support',
      need: 'Serve una mano con il dispiegamento',
      urgency: 'normal',
    },
  },
]

/** As from Matrix: each written down and handled before the next, and on the disk. */
export async function handled({ intake }: Bot, events: readonly Interaction[]): Promise<void> {
  for (const event of events) await intake.receive(event)
}
