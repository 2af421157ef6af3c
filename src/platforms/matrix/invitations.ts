import type { Reader } from '#src/core/message.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { serverOf } from './places.ts'
import type { Invitation, Wire } from './wire.ts'

export interface Inviting {
  wire: Wire
  intake: Intake
  /** Users and servers whose invitations are accepted. */
  allowed: readonly string[]
  /** In whose language a refusal is given: the bot does not know who invites it. */
  home: Reader
  log: Log
}

/** The bot goes where it is invited by whom the configuration allows; others read why not. */
export async function answerInvitation({ room, by, direct }: Invitation, at: Inviting): Promise<void> {
  const { wire, intake, log } = at
  try {
    if (!may(by, at.allowed)) {
      const t = intake.t(at.home)
      return await wire.decline(room, t.plain(t('matrix.declined', { server: serverOf(wire.me, '') })))
    }
    await wire.join(room)
    if (direct) await wire.markDirect(by, room)
    log.info({ room }, 'an invitation was accepted')
  } catch (error) {
    log.warn({ room, error }, 'an invitation could not be answered')
  }
}

export const may = (user: string, allowed: readonly string[]): boolean =>
  allowed.some(each => each === '*' || each === user || each === serverOf(user, ''))
