import type { Reader } from '#src/core/message.ts'
import { type Account, type Intake, type Platform, Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { interactionIn } from './hear.ts'
import { answerInvitation } from './invitations.ts'
import { directPlace, type Places, placesOn } from './places.ts'
import { edit, post } from './post.ts'
import { type Typing, typingOn } from './presence.ts'
import type { Heard, Wire } from './wire.ts'

export interface MatrixOptions {
  wire: Wire
  /** Users and servers whose invitations are accepted. */
  allowed: readonly string[]
  /** The addresses of the places that the bot knows. */
  addresses: () => Promise<string[]>
  home: Reader
  now: () => Temporal.Instant
  /** In bytes. */
  largestFile: number
  log: Log
}
interface Running extends MatrixOptions {
  intake: Intake
  places: Places
  typing: Typing
}

/** Rooms and direct conversations on any homeserver, encrypted or not. */
export function matrixPlatform(options: MatrixOptions): Platform {
  const { wire } = options
  let running: Running | undefined
  const started = (): Running => {
    if (!running) throw new Error('the Matrix platform has not started')
    return running
  }
  return {
    name: 'matrix',
    asks: 'conversation',
    personal: 'direct',
    start: async intake => {
      const places = placesOn({ ...options, intake })
      running = { ...options, intake, places, typing: typingOn(wire) }
      const at = running
      await wire.start({
        heard: event => hear(event, at),
        invited: invitation => answerInvitation(invitation, at),
      })
      await places.enterAll()
    },
    post: async (message, at) => {
      const said = started()
      const ref = await post(message, at, said)
      said.typing.end(ref.split(' ')[0] ?? '')
      return ref
    },
    edit: (ref, message, at) => edit(ref, message, at, started()),
    // The homeserver recognises what it has: sending it again is how it is found.
    find: async () => undefined,
    direct: account => direct(account, started()),
    stop: wire.stop,
  }
}

async function direct({ account }: Account, { wire, home }: Running) {
  if (!account.startsWith('@')) throw new Undeliverable(`no such account: ${account}`)
  return directPlace(await wire.openDirect(account), account, home)
}

/** Written down, then handled; only then is the event read, and the stream may go on. */
async function hear(event: Heard, at: Running): Promise<void> {
  const { intake, wire, typing, log } = at
  const interaction = await interactionIn(event, at)
  if (!interaction) return
  if (!(await intake.accept(interaction))) return
  const answered = interaction.thread === undefined && event.stateKey === undefined
  if (answered) typing.begin(event.room)
  await intake.handle(interaction.id)
  if (!event.stateKey) await wire.read(event.room, event.id).catch(error => log.warn({ error }, 'a receipt was lost'))
}
