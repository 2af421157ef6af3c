import { HTTPError, MatrixError } from 'matrix-js-sdk'
import { Busy, Undeliverable } from '#src/core/platform.ts'

/** What can never succeed, when the homeserver says so: the room is gone or closed to the bot, or the event is not acceptable. */
const FINAL = new Set([400, 403, 404])
/** Whoever says this, the homeserver or the proxy before it, would say it again of the same bytes. */
const TOO_LARGE = 413

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
  const status = error.httpStatus ?? 0
  // Without an errcode it is a proxy that speaks, while the homeserver is being started anew: no message dies of that. Neither of
  // a token that opens nothing any more, which is ours to repair.
  const final = status === TOO_LARGE || (code !== undefined && FINAL.has(status))
  const reason = `${what}: ${error.httpStatus ?? ''} ${code ?? ''}`
  return final ? new Undeliverable(reason, { cause: error }) : new Error(reason, { cause: error })
}

export const isErrcode = (error: unknown, code: string): boolean =>
  (error instanceof MatrixError && error.errcode === code) || (error instanceof Error && isErrcodeIn(error.cause, code))
const isErrcodeIn = (cause: unknown, code: string): boolean => cause instanceof MatrixError && cause.errcode === code
