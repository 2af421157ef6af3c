import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Draw } from '#src/core/chart.ts'

/**
 * Draws one thing at a time in a process of its own: drawing takes memory that JavaScript neither sees nor gives back, and
 * takes it along when it ends.
 */
export interface Drawer {
  draw: Draw
  stop(): Promise<void>
}
export interface DrawerLimits {
  /** Drawings after which the process is ended, and the memory it holds with it. */
  drawings: number
  /** How long a process with nothing to draw is kept, and how long one drawing may take, in milliseconds. */
  idle: number
  patience: number
}
const usual: DrawerLimits = { drawings: 20, idle: 3000, patience: 10_000 }

const answer = z.union([z.object({ drawn: z.instanceof(Uint8Array) }), z.object({ failed: z.string() })])

export function openDrawer(limits: Partial<DrawerLimits> = {}): Drawer {
  const { drawings, idle, patience } = { ...usual, ...limits }
  let artist: ChildProcess | undefined
  let done = 0
  let rest: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const end = (): void => {
    clearTimeout(rest)
    const ended = artist
    artist = undefined
    done = 0
    ended?.kill()
  }
  const one: Draw = async (chart, as) => {
    clearTimeout(rest)
    artist = artist && isAlive(artist) ? artist : hire()
    held(artist, true)
    try {
      const drawn = await within(patience, replyTo(artist, { chart, as }))
      done += 1
      if (done >= drawings) end()
      return drawn
    } catch (error) {
      end()
      throw error
    } finally {
      if (artist) held(artist, false)
      rest = setTimeout(() => void inTurn(async () => end()), idle).unref()
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {}) // whoever asked has her own error
    return mine
  }
  return { draw: (chart, as) => inTurn(() => one(chart, as)), stop: () => inTurn(async () => end()) }
}

const hire = (): ChildProcess =>
  fork(new URL('./artist.ts', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    env: {}, // it needs no secrets
  })
const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null

/** One that is idle keeps our own process from nothing. */
function held(artist: ChildProcess, on: boolean): void {
  for (const each of [artist, artist.channel]) on ? each?.ref() : each?.unref()
}

function replyTo(artist: ChildProcess, asked: { chart: Uint8Array; as: 'png' | 'svg' }): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const heard = (message: unknown): void => {
    const parsed = answer.parse(message)
    if ('drawn' in parsed) resolve(parsed.drawn)
    else reject(new Error(`could not draw: ${parsed.failed}`))
  }
  const ended = (code: number | null): void => reject(new Error(`the drawing process ended with ${code}`))
  artist.once('message', heard).once('error', reject).once('exit', ended)
  artist.send(asked)
  return promise.finally(() => artist.off('message', heard).off('error', reject).off('exit', ended))
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = wait(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(`not drawn within ${milliseconds} ms`)
  })
  late.catch(() => {}) // aborted when the drawing was in time
  return Promise.race([work, late]).finally(() => over.abort())
}
