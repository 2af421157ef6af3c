import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '#src/core/ports.ts'

/** What Bolt has to say, in our log. Its debug lines hold what people wrote: they go nowhere. */
export function quiet(log: Log): Logger {
  const line = (parts: unknown[]): string => parts.map(String).join(' ').slice(0, 500)
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.warn({ from: 'slack' }, line(parts)),
    error: (...parts) => log.warn({ from: 'slack' }, line(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}
