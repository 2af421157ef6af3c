import { existsSync, readFileSync } from 'node:fs'
import { loadEnvFile } from 'node:process'

/** What a database runs on; every table of a process is built for one of them. */
export type Engine = 'sqlite' | 'postgres'

/** The engine behind an address: `postgres://…`, or a file, with or without `file:`. */
export const engineOf = (address: string): Engine => (/^postgres(ql)?:\/\//.test(address) ? 'postgres' : 'sqlite')

/** The path in `file:data/animatore.db`; anything else as it is. */
export const pathIn = (address: string): string => address.replace(/^file:(\/\/(?=\/))?/, '')

let chosen: Engine | undefined

/** The engine of this process: that of `DATABASE_URL`, unless a verb was told another database. */
export const engine = (): Engine => {
  chosen ??= engineOf(named('DATABASE_URL') ?? '')
  return chosen
}

/** Settles the engine by the database that a verb works on. Comes before the first table is read; throws when it is late. */
export function workOn(address: string): void {
  const wanted = engineOf(address)
  if (chosen !== undefined && chosen !== wanted) throw new Error(`the tables of this process are for ${chosen}`)
  chosen = wanted
}

let loaded = false
/** The environment, with what a `.env` file adds to it. */
export function surroundings(): NodeJS.ProcessEnv {
  if (!loaded && existsSync('.env')) loadEnvFile('.env')
  loaded = true
  return process.env
}

/** A setting, or what the file holds that `NAME_FILE` names; undefined also when that cannot be read: the settings complain. */
function named(name: string): string | undefined {
  const file = surroundings()[`${name}_FILE`]
  if (!file) return surroundings()[name]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined // config.ts says which file and why
  }
}
