import { inspectSettings, readSettings, type Settings, WrongSettings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import type { Check, Finding, Patient } from './doctor/check.ts'
import { clock } from './doctor/clock.ts'
import { database } from './doctor/database.ts'
import { disk } from './doctor/disk.ts'
import { inCharge } from './doctor/in-charge.ts'
import { matrix, places, slack } from './doctor/platforms.ts'
import { runtime } from './doctor/runtime.ts'
import { settings } from './doctor/settings.ts'

/** Everything that is looked at, in this order. A platform adds its own check here. */
const checks: readonly Check[] = [runtime, settings, database, clock, disk, slack, matrix, places, inCharge]

/** What is well and what is to be done about the rest; 1 when something is to be done. */
export async function doctor(t: Translate): Promise<number> {
  const patient: Patient = { t, inspected: inspectSettings(), settings: readable(), now: Temporal.Now.instant() }
  const findings: Finding[] = []
  for (const check of checks) findings.push(...(await check(patient)))
  const width = Math.max(...findings.map(({ name }) => name.length))
  for (const finding of findings) process.stdout.write(`${shown(finding, width, t)}\n`)
  const todo = findings.filter(({ state }) => state === 'todo').length
  const verdict = todo === 0 ? t('shell.doctor.well') : t('shell.doctor.todo', { count: todo })
  process.stdout.write(`\n${t.plain(verdict)}\n`)
  return todo === 0 ? 0 : 1
}

/** The settings as a whole, when each of them can be read. */
function readable(): Settings | undefined {
  try {
    return readSettings()
  } catch (error) {
    if (error instanceof WrongSettings) return undefined
    throw error
  }
}

const shown = ({ name, state, says }: Finding, width: number, t: Translate): string =>
  `${t.plain(t(`shell.doctor.marks.${state}`)).padEnd(7)} ${name.padEnd(width)}  ${t.plain(says)}`
