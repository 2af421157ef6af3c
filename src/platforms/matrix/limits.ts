import type { Limits } from '#src/core/platform.ts'

/**
 * How often a homeserver takes what is up to its administrator: between one message in five seconds, which is Synapse's own
 * limit, and as many as it can. So the bot begins freely, and learns from what it is refused. Rooms and people are written to
 * side by side.
 */
export const MATRIX_LIMITS: Limits = { account: { perMinute: 60_000, burst: 50 }, parallel: 16 }
