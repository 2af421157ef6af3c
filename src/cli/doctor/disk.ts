import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Translate } from '#src/core/message.ts'
import { engineOf } from '#src/storage/engine.ts'
import { databaseOf } from '../shell.ts'
import { type Check, type Finding, note, ok, todo } from './check.ts'

/** Folders that the whole machine uses: nobody is told to close them. */
const SHARED = new Set([
  '/',
  '/etc',
  '/home',
  '/media',
  '/mnt',
  '/opt',
  '/root',
  '/run',
  '/srv',
  '/tmp',
  '/usr',
  '/var',
  '/var/lib',
  '/var/tmp',
])
const MEGABYTE = 1024 * 1024
const LEAST = 200 * MEGABYTE

/** The data folder is ours to write, nobody else's to read, and has room: a backup needs as much as the database. */
export const disk: Check = ({ t, settings }) => {
  if (!settings) return []
  const folder = settings.DATA_DIR
  const database = databaseOf(settings)
  const needed = LEAST + 2 * (existsSync(database) ? statSync(database).size : 0)
  const folders = engineOf(database) === 'sqlite' ? [folder, dirname(database)] : [folder]
  return [...new Set(folders)].flatMap(each => [writable(t, each), roomy(t, each, needed)])
}

/** The folder itself, or the nearest above it that exists. */
function existing(folder: string): string {
  const whole = resolve(folder)
  return existsSync(whole) || dirname(whole) === whole ? whole : existing(dirname(whole))
}

function writable(t: Translate, folder: string): Finding {
  const there = existing(folder)
  try {
    accessSync(there, constants.W_OK | constants.X_OK)
  } catch {
    return todo(folder, t('shell.doctor.disk.notWritable', { path: there })) // the reason does not matter: it cannot be used
  }
  const own = process.platform !== 'win32' && there === resolve(folder) && !SHARED.has(there)
  const open = own && (statSync(there).mode & 0o007) !== 0
  return open
    ? note(folder, t('shell.doctor.disk.open', { path: there }))
    : ok(folder, t('shell.doctor.disk.writable', { path: there }))
}

function roomy(t: Translate, folder: string, needed: number): Finding {
  const { bavail, bsize } = statfsSync(existing(folder))
  const free = bavail * bsize
  const values = { free: t.number(Math.floor(free / MEGABYTE)), needed: t.number(Math.ceil(needed / MEGABYTE)) }
  return free < needed
    ? todo(folder, t('shell.doctor.disk.full', values))
    : ok(folder, t('shell.doctor.disk.room', values))
}
