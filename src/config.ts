import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { surroundings } from '#src/storage/engine.ts'

const text = () => z.string().min(1).optional()

const settings = z.object({
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.|postgres(ql)?:\/\/.)/,
      'write it as file:data/animatore.db or postgres://bot:password@host/animatore',
    )
    .refine(isWhole, 'write @ / # ? in the password as %40 %2F %23 %3F')
    .default('file:data/animatore.db'),
  DATA_DIR: z.string().min(1).default('data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('write a number such as 8080').int().min(0).max(65_535).default(8080),
  DEFAULT_LOCALE: z.enum(['it', 'en']).default('it'),
  DEFAULT_TIMEZONE: z.string().default('Europe/Rome').refine(isZone, 'write a zone such as Europe/Rome'),
  ADMINS: z
    .string()
    .default('')
    .transform(written => written.split(',').flatMap(each => each.trim() || []))
    .pipe(
      z.array(
        z.string().regex(/^(slack:[TE][A-Z0-9]*\/[UW][A-Z0-9]*|matrix:@[^\s:]+:\S+)$/, 'write each as slack:T1/U1'),
      ),
    ),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'it starts with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'it starts with xapp-').optional(),
  SLACK_SIGNING_SECRET: text(),
  SLACK_API_URL: z.url().default('https://slack.com/api/'),
  MATRIX_HOMESERVER_URL: z.url({ protocol: /^https?$/, error: 'write it as https://matrix.example.org' }).optional(),
  MATRIX_USER_ID: z
    .string()
    .regex(/^@[^\s:]+:[^\s/]+$/, 'write it as @bot:example.org')
    .optional(),
  MATRIX_ACCESS_TOKEN: text(),
  MATRIX_PASSWORD: text(),
  MATRIX_RECOVERY_KEY: text(),
  MATRIX_ALLOWED_INVITERS: text(),
  METRICS_TOKEN: text(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type Settings = z.infer<typeof settings>
export type SettingName = keyof Settings

/** Whether the settings speak of a platform at all: without one, there is only the local trial. */
export const namesPlatform = (settings: Settings): boolean =>
  [
    settings.SLACK_BOT_TOKEN,
    settings.SLACK_APP_TOKEN,
    settings.SLACK_SIGNING_SECRET,
    settings.MATRIX_HOMESERVER_URL,
    settings.MATRIX_USER_ID,
  ].some(Boolean)

/** What is wrong with the environment, one sentence a setting. */
export class WrongSettings extends Error {}

/** One setting as the environment has it: `problem` says what is wrong with its value, which is not repeated. */
export interface Inspected {
  name: SettingName
  given: boolean
  /** The file that held it, when it was given as `NAME_FILE`. */
  file?: string
  problem?: string
}

/** The environment, read once; each setting may also stand in a file, named by `NAME_FILE`. A `.env` file is read first. */
export function readSettings(environment: NodeJS.ProcessEnv = surroundings()): Settings {
  const given = names.flatMap(name => {
    const { value, problem } = settingIn(name, environment)
    if (problem !== undefined) throw new WrongSettings(`${name}_FILE: ${problem}`)
    return value ? [[name, value]] : []
  })
  const parsed = settings.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  throw new WrongSettings(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
}

/** Whether the environment says something about a setting. */
export const isGiven = (name: SettingName, environment: NodeJS.ProcessEnv = surroundings()): boolean =>
  Boolean(environment[name] || environment[`${name}_FILE`])

/** Every setting there is, one by one: what is wrong with one does not hide the others. */
export const inspectSettings = (environment: NodeJS.ProcessEnv = surroundings()): Inspected[] =>
  names.map(name => {
    const { value, file, problem } = settingIn(name, environment)
    const parsed = settings.shape[name].safeParse(value || undefined)
    const wrong = problem ?? (parsed.success ? undefined : parsed.error.issues[0]?.message)
    return { name, given: Boolean(value), ...(file && { file }), ...(wrong !== undefined && { problem: wrong }) }
  })

/** The language and time in which the shell speaks: the setting's, else the terminal's, else Italian. */
export function shellReader(environment: NodeJS.ProcessEnv = surroundings()): { locale: string; timezone: string } {
  const { DEFAULT_LOCALE, DEFAULT_TIMEZONE, LC_ALL, LC_MESSAGES, LANG } = environment
  const wanted = [DEFAULT_LOCALE, LC_ALL || LC_MESSAGES || LANG].map(each => each?.slice(0, 2).toLowerCase())
  const timezone = DEFAULT_TIMEZONE && isZone(DEFAULT_TIMEZONE) ? DEFAULT_TIMEZONE : 'Europe/Rome'
  return { locale: wanted.find(each => each === 'it' || each === 'en') ?? 'it', timezone }
}

const names = settings.keyof().options

function settingIn(
  name: SettingName,
  environment: NodeJS.ProcessEnv,
): { value?: string | undefined; file?: string; problem?: string } {
  const file = environment[`${name}_FILE`]
  if (!file) return { value: environment[name] }
  try {
    return { value: readFileSync(file, 'utf8').trim(), file }
  } catch {
    return { file, problem: `cannot be read: ${file}` } // missing or not ours to read: either way it is the path that helps
  }
}

/** Whether an address is read to its end: what comes after `#` or `/` in a password would be taken for something else. */
function isWhole(address: string): boolean {
  // Several servers are written with commas, which only the database's own library reads.
  if (!address.startsWith('postgres') || address.includes(',')) return true
  if (!URL.canParse(address)) return false
  const { pathname, search, hash } = new URL(address)
  return !`${pathname}${search}${hash}`.includes('@')
}

function isZone(name: string): boolean {
  try {
    return Boolean(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name))
  } catch {
    return false
  }
}
