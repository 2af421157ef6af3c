import pino from 'pino'
import type { Log } from '#src/core/ports.ts'

/**
 * Structured lines on standard error, so that what is piped stays clean. Every line about something a person did carries the
 * `event` it began with, from the moment it is handled to each message that came of it. What anybody wrote is in none.
 */
export function openLog(level: string, to: pino.DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  const log = pino({ level, serializers: { error: told, failure: discreet } }, to)
  return {
    info: (fields, what) => log.info(fields, what),
    warn: (fields, what) => log.warn(fields, what),
    error: (fields, what) => log.error(fields, what),
  }
}

/** What an error tells without repeating anybody: libraries put what they were given into messages and properties. */
function told(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error ? { code: String(error.code).slice(0, 60) } : {}
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    type: error.name,
    message: discreet(error.message),
    ...code,
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause !== undefined && { cause: told(error.cause) }),
  }
}

/** The first line, where the database's own words are, and no quotation: parameters and parsed text come after or inside. */
export function discreet(message: unknown): string {
  const [line = ''] = String(message).split('\n')
  return line
    .replace(/"[^"]*"?|“[^”]*”?|«[^»]*»?/g, '"…"')
    .replace(/'[^']*\s[^']*'|`[^`]*\s[^`]*`|'[^']{40,}'/g, "'…'")
    .slice(0, 300)
}
