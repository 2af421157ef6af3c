import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { BotOptions } from './bot.ts'

const mortal = join(import.meta.dirname, 'mortal.ts')

/** A life of the bot in its own process. */
export function born(settings: BotOptions): { child: ChildProcess; up: Promise<void>; dead: Promise<void> } {
  const child = spawn(process.execPath, [mortal], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(settings))
  const [up, dead] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  child.stdout.on('data', () => up.resolve())
  child.on('close', () => dead.resolve())
  return { child, up: up.promise, dead: dead.promise }
}
