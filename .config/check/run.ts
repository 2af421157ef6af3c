import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Check, type Finding, show } from './lib/check.ts'
import { EXCEPTIONS, type Exception, except, exceptions } from './lib/exceptions.ts'

const isCheck = (module: unknown): module is { check: Check } =>
  typeof module === 'object' && module !== null && 'check' in module

/** Every file beside this one that exports a `check`. */
async function checks(): Promise<Check[]> {
  const files = globSync('*.ts', { cwd: import.meta.dirname }).filter(file => file !== basename(import.meta.filename))
  const modules: unknown[] = await Promise.all(files.sort().map(file => import(`./${file}`)))
  return modules.filter(isCheck).map(({ check }) => check)
}

/** A check that breaks has failed: nobody knows what it would have found. */
async function findings(check: Check, allowed: Exception[]): Promise<Finding[]> {
  try {
    return except(check.name, await check.run(), allowed)
  } catch (error) {
    return [{ file: `.config/check (${check.name})`, message: String(error) }]
  }
}

/** `npm run check`, or `npm run check -- words size` for some of them. */
async function main(wanted: readonly string[]): Promise<void> {
  process.chdir(join(import.meta.dirname, '../..'))
  const all = await checks()
  const chosen = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const allowed = exceptions()
  const unknown = [...wanted, ...allowed.map(({ check }) => check)].filter(
    name => !all.some(each => each.name === name),
  )
  if (unknown.length > 0) console.log(`no such check, in the arguments or in ${EXCEPTIONS}: ${unknown.join(', ')}`)

  const results = await Promise.all(chosen.map(async check => ({ check, found: await findings(check, allowed) })))
  for (const { check, found } of results) {
    console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}${found.length > 0 ? ` (${found.length})` : ''}`)
    for (const finding of found) console.log(`     ${show(finding)}`)
  }
  process.exitCode = unknown.length > 0 || results.some(({ found }) => found.length > 0) ? 1 : 0
}

await main(process.argv.slice(2))
