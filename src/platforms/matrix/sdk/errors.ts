import { HTTPError, MatrixError } from 'matrix-js-sdk'
import { Busy, Undeliverable } from '#src/core/platform.ts'

/** What can never succeed, whatever is tried: the room is gone or closed to the bot, or the event is not acceptable. */
const FINAL = new Set([400, 403, 404, 413])

/** Does a request; what goes wrong is said in the sender's words. */
export async function asked<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw told(what, error)
  }
}

function told(what: string, error: unknown): Error {
  if (!(error instanceof HTTPError)) return new Error(what, { cause: error })
  if (error.isRateLimitError()) return new Busy(Math.max(1, Math.ceil((error.getRetryAfterMs() ?? 1000) / 1000)))
  const code = error instanceof MatrixError ? error.errcode : undefined
  const reason = `${what}: ${error.httpStatus ?? ''} ${code ?? ''}`
  // A token that opens nothing any more is ours to repair: no message dies of it.
  return FINAL.has(error.httpStatus ?? 0) ? new Undeliverable(reason) : new Error(reason, { cause: error })
}

export const isErrcode = (error: unknown, code: string): boolean =>
  (error instanceof MatrixError && error.errcode === code) || (error instanceof Error && isErrcodeIn(error.cause, code))
const isErrcodeIn = (cause: unknown, code: string): boolean => cause instanceof MatrixError && cause.errcode === code
