/** The code of an error, or of what caused it: an SQLSTATE, SQLite's, or the system's. */
export function codeOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string') return each.code
  return undefined
}

/** The server hung up, or the network did. */
export class Disconnected extends Error {
  readonly code = 'CONNECTION_LOST'
}

/** Nobody answers, hangs up, is starting or stopping, or has no room for another connection: it may pass. */
export const isAway = (error: unknown): boolean =>
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|CONNECT|08|57P0[1235]|25P03|53300)/.test(
    codeOf(error) ?? '',
  )
/**
 * The database cannot do anything now: it is away, has no room or no memory, cannot use its disk, or somebody else holds what
 * it needs. Whatever was asked is not to blame, and goes well later.
 */
export const isUnable = (error: unknown): boolean =>
  isAway(error) || /^(SQLITE_(BUSY|CANTOPEN|FULL|IOERR|LOCKED|NOMEM)|40|53|55P03|57|58)/.test(codeOf(error) ?? '')
/** It answers, and does not let us in: class 28 is about who asks, 3D about which database. */
export const isShut = (error: unknown): boolean => /^(28|3D)/.test(codeOf(error) ?? '')

/** It is the database at an address; the message does not repeat that, which may hold a password. */
class AtAddress extends Error {
  readonly address: string
  constructor(address: string) {
    super('this database cannot be used')
    this.address = address
  }
}
/** A database on which no bot has been yet. */
export class NothingThere extends AtAddress {}
/** A server that keeps text in anything but UTF-8: some of it could not be kept. */
export class NotUnicode extends AtAddress {}

/** What arrived elsewhere is not what was sent: nothing was changed. `message` says in which table. */
export class MovedWrongly extends Error {}
