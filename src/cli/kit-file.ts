import { readFileSync } from 'node:fs'
import type { Translate } from '#src/core/message.ts'
import { textIn } from '#src/core/utf8.ts'
import { UnusableKit } from '#src/kit/unusable.ts'

/** The text of a kit somebody named; a path that leads to none is said as kindly as any other mistake in a kit. */
export function kitIn(path: string, t: Translate): string {
  const text = textIn(bytesAt(path, t))
  if (text === undefined) throw new UnusableKit(t.plain(t('shell.kitNotUtf8', { path })))
  return text
}

function bytesAt(path: string, t: Translate): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new UnusableKit(t.plain(t('shell.noKit', { path })))
  }
}
