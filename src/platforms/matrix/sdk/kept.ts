import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const session = z.object({
  user: z.string(),
  device: z.string(),
  /** Empty until the first login has succeeded. */
  token: z.string(),
  /** What the keys on disk are sealed with, in base64. */
  seal: z.string(),
})
/** One device of the bot's account: whoever has this file and the databases beside it is the bot. */
export type Session = z.infer<typeof session>

/** What an earlier run left. */
export const keptIn = (folder: string): Session | undefined => {
  const file = join(folder, 'session.json')
  return existsSync(file) ? session.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** On the disk before it is used: another device at each crash would be one too many. */
export function keep(folder: string, made: Session): Session {
  const file = join(folder, 'session.json')
  const handle = openSync(`${file}.new`, 'w', 0o600)
  writeSync(handle, JSON.stringify(made))
  fsyncSync(handle)
  closeSync(handle)
  renameSync(`${file}.new`, file)
  return made
}
