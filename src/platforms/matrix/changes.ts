import { z } from 'zod'
import type { Change, Intake } from '#src/core/platform.ts'
import { serverOf } from './names.ts'
import type { Places } from './places.ts'
import type { Heard, Wire } from './wire.ts'

export interface ChangesOptions {
  wire: Wire
  intake: Intake
  places: Places
}
/** Keeps up with what changed while nobody said a thing. */
export type Following = (event: Heard) => Promise<void>

const named = z.object({ name: z.string().trim().min(1) })
const member = z.object({ membership: z.string(), displayname: z.string().trim().min(1).optional().catch(undefined) })

export function changesOn(options: ChangesOptions): Following {
  const { intake } = options
  // A new name comes once for each room that she shares with the bot.
  const known = new Map<string, string>()
  return async event => {
    if (event.stateKey === undefined || event.beforeMe) return
    if (event.type === 'm.room.tombstone') return goOn(event, options)
    const change = await changeIn(event, options)
    if (!change) return
    if (change.kind === 'profile' && known.get(change.account.account) === change.account.name) return
    await intake.follow(change)
    // Not before: what fails is brought again, and must not look as if it were known.
    if (change.kind === 'profile') known.set(change.account.account, change.account.name)
  }
}

async function changeIn(event: Heard, { wire, places }: ChangesOptions): Promise<Change | undefined> {
  if (event.type === 'm.room.name') {
    const name = named.safeParse(event.content).data?.name
    return name === undefined ? undefined : { kind: 'renamed', place: await places.spot(event.room), name }
  }
  const now = event.type === 'm.room.member' ? member.safeParse(event.content).data : undefined
  const before = member.safeParse(event.before).data
  if (
    event.stateKey === wire.me &&
    event.sender !== wire.me &&
    (now?.membership === 'leave' || now?.membership === 'ban')
  )
    return { kind: 'closed', place: await places.spot(event.room) }
  const account = event.stateKey ?? ''
  if (now?.membership !== 'join' || before?.membership !== 'join' || !now.displayname) return undefined
  if (now.displayname === before.displayname) return undefined
  return {
    kind: 'profile',
    account: { platform: 'matrix', workspace: serverOf(account, ''), account, name: now.displayname },
  }
}

/** A room that was upgraded goes on in another, and the bot with it. */
function goOn({ room }: Heard, { wire, places }: ChangesOptions): void {
  const next = wire.goesOn(room)
  if (next !== undefined) places.enter(next)
}
