import pino from 'pino'
import type { Log } from '#src/core/ports.ts'

/** Structured lines on standard error, so that what is piped stays clean. Errors keep their stack; texts never get here. */
export function openLog(level: string): Log {
  const log = pino({ level, serializers: { error: pino.stdSerializers.err } }, pino.destination({ fd: 2, sync: true }))
  return {
    info: (fields, what) => log.info(fields, what),
    warn: (fields, what) => log.warn(fields, what),
    error: (fields, what) => log.error(fields, what),
  }
}
