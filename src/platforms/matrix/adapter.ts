import type { Message, Reader } from '#src/core/message.ts'
import { type Account, type Intake, type Placement, type Platform, Undeliverable } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { changesOn, type Following } from './changes.ts'
import { interactionIn } from './hear.ts'
import { type Door, doorOf } from './invitations.ts'
import { MATRIX_LIMITS } from './limits.ts'
import { opened } from './opening.ts'
import { directPlace, type Places, placesOn } from './places.ts'
import { edit, post } from './post.ts'
import { type Presence, presenceOn } from './presence.ts'
import { openVersions, type Versions } from './versions.ts'
import type { Ears, Heard, Wire } from './wire.ts'

export interface MatrixOptions {
  /** Opens the account; undefined while another process has it. Throws `Refused` when the homeserver does not let the bot in. */
  open: () => Promise<Wire | undefined>
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
  wire: Wire
  intake: Intake
  places: Places
  presence: Presence
  versions: Versions
  follow: Following
  door: Door
  stopping: AbortSignal
}

/** Rooms and direct conversations on any homeserver, encrypted or not. */
export function matrixPlatform(options: MatrixOptions): Platform {
  const ending = new AbortController()
  const state: { running?: Running; elsewhere: boolean } = { elsewhere: false }
  const since = performance.now()
  const started = (): Running => {
    // What an earlier run has saved may be older than the last room.
    if (!state.running?.wire.current()) throw new Error('the homeserver has not answered yet')
    return state.running
  }
  return {
    name: 'matrix',
    asks: 'conversation',
    limits: MATRIX_LIMITS,
    personal: 'direct',
    elsewhere: () => state.elsewhere,
    up: () => state.elsewhere || (state.running?.wire.up() ?? false),
    lag: () => (state.elsewhere ? 0 : (state.running?.wire.lag() ?? Math.floor((performance.now() - since) / 1000))),
    start: async intake => {
      const wire = await opened(options, ending.signal, elsewhere => Object.assign(state, { elsewhere }))
      if (!wire) return
      state.running = runningOn({ ...options, wire }, intake, ending.signal)
      await wire.start(earsOn(state.running))
      await state.running.places.enterAll()
    },
    post: (message, at) => say(message, at, started()),
    edit: (ref, message, at) => edit(ref, message, at, started()),
    // The homeserver recognises what it has: sending it again is how it is found.
    find: async () => undefined,
    direct: account => direct(account, started()),
    stop: async () => {
      ending.abort()
      await state.running?.wire.stop()
    },
  }
}

function runningOn(options: MatrixOptions & { wire: Wire }, intake: Intake, stopping: AbortSignal): Running {
  const places = placesOn({ ...options, intake, stopping })
  const follow = changesOn({ ...options, intake, places })
  const presence = presenceOn(options.wire, options.log)
  const door = doorOf({ ...options, intake, stopping })
  return { ...options, intake, places, stopping, follow, door, presence, versions: openVersions() }
}

const earsOn = (at: Running): Ears => ({ heard: event => hear(event, at), invited: at.door.invited })

async function say(message: Message, at: Placement, running: Running): Promise<string> {
  const ref = await post(message, at, running)
  running.presence.end(ref.split(' ')[0] ?? '')
  return ref
}

async function direct({ account }: Account, { wire, door, home }: Running) {
  if (!account.startsWith('@')) throw new Undeliverable(`no such account: ${account}`)
  return directPlace(await wire.openDirect(account, () => door.isAsked(account)), account, home)
}

/** Written down, and so read; then handled, and the stream may go on. */
async function hear(event: Heard, at: Running): Promise<void> {
  const { intake, presence, follow } = at
  await follow(event)
  const interaction = await interactionIn(event, at)
  if (!interaction) return
  const kept = (): void => {
    if (event.stateKey === undefined) presence.begin(event.room, event.id)
  }
  if (!(await intake.receive(interaction, kept))) return
  // In a shared room the answer goes elsewhere; in a thread people are answered by people.
  if (!interaction.place.direct || interaction.thread !== undefined) presence.end(event.room)
}
