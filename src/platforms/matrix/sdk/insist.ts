import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk'
import { Busy } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import { pause } from '../patience.ts'

/** So often is tried what fails though nothing is away: a mistake of ours, which must not hold up for ever what is behind it. */
const ATTEMPTS = 8
/** In milliseconds; the pauses grow from half a second to this. */
const LONGEST_PAUSE = 30_000

export interface Insisting {
  log: Log
  /** Whether something failed because of the database alone. */
  isUnable: (error: unknown) => boolean
  stopping: AbortSignal
}

/**
 * What cannot be done now, because the database is unable or the homeserver does not answer, is tried until it can be; what
 * fails for another reason is given up in the end. False when the bot stops before it is done.
 */
export async function insisted(work: () => Promise<void>, { log, isUnable, stopping }: Insisting): Promise<boolean> {
  let mistakes = 0
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return true
    } catch (error) {
      if (stopping.aborted) return false
      if (!isUnable(error) && !isAway(error)) mistakes += 1
      if (mistakes === ATTEMPTS) {
        log.error({ error }, 'an event could not be taken in')
        return true
      }
      log.warn({ error, attempt }, 'an event cannot be taken in yet')
    }
    if (!(await pause(Math.min(250 * 2 ** attempt, LONGEST_PAUSE), stopping))) return false
  }
}

/** What the homeserver answers, unless the bot stops before: a connection may hang for minutes. */
export async function unlessStopped<T>(answer: Promise<T>, stopping: AbortSignal): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(stopping.reason)
  stopping.addEventListener('abort', stop)
  if (stopping.aborted) stop()
  try {
    return await Promise.race([answer, stopped])
  } finally {
    stopping.removeEventListener('abort', stop)
  }
}

/** The homeserver itself says that what was asked for is not there, or not for us: nothing that stands before it says so. */
export const isGone = (error: unknown): boolean =>
  error instanceof MatrixError &&
  (error.httpStatus === 403 || error.httpStatus === 404) &&
  error.errcode !== undefined &&
  error.errcode !== 'M_UNRECOGNIZED'

/** The homeserver does not answer, has no time, or does not know the bot any more: what was asked is not to blame. */
function isAway(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) if (passes(each)) return true
  return false
}
function passes(error: Error): boolean {
  if (error instanceof Busy || error instanceof ConnectionError) return true
  if (error instanceof HTTPError) return error.isRateLimitError() || error.httpStatus === 401 || !isItsOwn(error)
  // It hung up in the middle of its answer.
  return 'code' in error && /^(UND_ERR|ECONN|EPIPE)/.test(String(error.code))
}
/** An answer without a code comes from what stands before the homeserver. */
const isItsOwn = (error: HTTPError): boolean =>
  error instanceof MatrixError && error.errcode !== undefined && (error.httpStatus ?? 0) < 500
