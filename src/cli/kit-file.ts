import { readFileSync } from 'node:fs'
import type { Translate } from '#src/core/message.ts'
import { UnusableKit } from '#src/kit/unusable.ts'

/** The text of a kit somebody named; a path that leads to no file is said as kindly as any other mistake in a kit. */
export function kitIn(path: string, t: Translate): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UnusableKit(t.plain(t('shell.noKit', { path })))
  }
}
