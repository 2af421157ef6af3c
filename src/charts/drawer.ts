import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Draw } from '#src/core/chart.ts'

/** Draws one thing at a time in a thread of its own, so that nobody waits for it who does not want the picture. */
export interface Drawer {
  draw: Draw
  stop(): Promise<void>
}
export interface DrawerLimits {
  /** Drawings after which the thread is ended, and the memory it holds with it. */
  drawings: number
  /** How long a thread with nothing to draw is kept, and how long one drawing may take, in milliseconds. */
  idle: number
  patience: number
}
const usual: DrawerLimits = { drawings: 50, idle: 3000, patience: 10_000 }

const answer = z.union([z.object({ drawn: z.instanceof(Uint8Array) }), z.object({ failed: z.string() })])

export function openDrawer(limits: Partial<DrawerLimits> = {}): Drawer {
  const { drawings, idle, patience } = { ...usual, ...limits }
  let thread: Worker | undefined
  let done = 0
  let rest: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const end = async (): Promise<void> => {
    clearTimeout(rest)
    const ended = thread
    thread = undefined
    done = 0
    await ended?.terminate()
  }
  const one: Draw = async (chart, as) => {
    clearTimeout(rest)
    thread ??= new Worker(new URL('./thread.ts', import.meta.url))
    thread.ref()
    try {
      const drawn = await within(patience, replyTo(thread, { chart, as }))
      done += 1
      if (done >= drawings) await end()
      return drawn
    } catch (error) {
      await end()
      throw error
    } finally {
      // An idle thread keeps no process alive.
      thread?.unref()
      rest = setTimeout(() => void inTurn(end), idle).unref()
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {}) // whoever asked has her own error
    return mine
  }
  return { draw: (chart, as) => inTurn(() => one(chart, as)), stop: () => inTurn(end) }
}

function replyTo(thread: Worker, asked: { chart: Uint8Array; as: 'png' | 'svg' }): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const heard = (message: unknown): void => {
    const parsed = answer.parse(message)
    if ('drawn' in parsed) resolve(parsed.drawn)
    else reject(new Error(`could not draw: ${parsed.failed}`))
  }
  const ended = (code: number): void => reject(new Error(`the drawing thread ended with ${code}`))
  thread.once('message', heard).once('error', reject).once('exit', ended)
  thread.postMessage(asked)
  return promise.finally(() => thread.off('message', heard).off('error', reject).off('exit', ended))
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = wait(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(`not drawn within ${milliseconds} ms`)
  })
  late.catch(() => {}) // aborted when the drawing was in time
  return Promise.race([work, late]).finally(() => over.abort())
}
