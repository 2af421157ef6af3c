import type { Reader } from '#src/core/message.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { patiently } from './patience.ts'
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
  stopping: AbortSignal
}

/** The bot goes where it is invited by whom the configuration allows; others read why not. */
export async function answerInvitation({ room, by, direct }: Invitation, at: Inviting): Promise<void> {
  const { wire, intake, log, stopping } = at
  try {
    if (!may(by, at.allowed)) {
      const t = intake.t(at.home)
      const reason = t.plain(t('matrix.declined', { server: serverOf(wire.me, '') }))
      return await patiently(() => wire.decline(room, reason), stopping)
    }
    await patiently(() => wire.join(room), stopping)
    if (direct) await wire.markDirect(by, room)
    log.info({ room }, 'an invitation was accepted')
  } catch (error) {
    log.warn({ room, error }, 'an invitation could not be answered')
  }
}

export const may = (user: string, allowed: readonly string[]): boolean =>
  allowed.some(each => each === '*' || each === user || each === serverOf(user, ''))
