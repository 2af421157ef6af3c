import { backOff } from '#src/core/back-off.ts'
import type { Reader } from '#src/core/message.ts'
import { type Intake, Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { serverOf } from './names.ts'
import { patiently, pause } from './patience.ts'
import type { Invitation, Wire } from './wire.ts'

export interface Inviting {
  wire: Wire
  intake: Intake
  /** Users and servers whose invitations are accepted. */
  allowed: readonly string[]
  /** In whose language a refusal is given: the bot does not know who invites it. */
  home: Reader
  log: Log
  stopping: AbortSignal
}

export interface Door {
  invited(invitation: Invitation): Promise<void>
  /** Whether somebody has asked the bot into a conversation with her, and it has yet to go. */
  isAsked(user: string): boolean
}

/** Invitations are answered one at a time: many that come together would only be asked to wait. What fails is tried again later. */
export function doorOf(at: Inviting): Door {
  const open = new Set<Invitation>()
  let queue: Promise<unknown> = Promise.resolve()
  const stand = (invitation: Invitation, attempts: number): Promise<void> => {
    const answered = queue.then(() => answer(invitation, at))
    queue = answered
    return answered.then(done => {
      if (done) open.delete(invitation)
      else void pause(backOff(attempts), at.stopping).then(on => void (on && stand(invitation, attempts + 1)))
    })
  }
  return {
    invited: invitation => {
      open.add(invitation)
      return stand(invitation, 1)
    },
    isAsked: user => [...open].some(({ by, direct }) => direct && by === user),
  }
}

/** The bot goes where it is invited by whom the configuration allows; others read why not. False when it has to be tried again. */
async function answer({ room, by, direct }: Invitation, at: Inviting): Promise<boolean> {
  const { wire, intake, log, stopping } = at
  try {
    if (!may(by, at.allowed)) {
      const t = intake.t(at.home)
      const reason = t.plain(t('matrix.declined', { server: serverOf(wire.me, '') }))
      await patiently(() => wire.decline(room, reason), stopping)
      return true
    }
    // Said before it goes in: cut off between the two, it is still invited, and does both again.
    if (direct) await patiently(() => wire.markDirect(by, room), stopping)
    await patiently(() => wire.join(room, serverOf(by, '')), stopping)
    log.info({ room }, 'an invitation was accepted')
    return true
  } catch (error) {
    const over = error instanceof Undeliverable
    log.warn({ room, error }, over ? 'an invitation could not be answered' : 'an invitation cannot be answered yet')
    return over
  }
}

export const may = (user: string, allowed: readonly string[]): boolean =>
  allowed.some(each => each === '*' || each === user || each === serverOf(user, ''))
