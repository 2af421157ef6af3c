import { existsSync, readFileSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { z } from 'zod'

const settings = z.object({
  DATABASE_URL: z.string().startsWith('file:', 'write it as file:data/animatore.db').default('file:data/animatore.db'),
  DATA_DIR: z.string().min(1).default('data'),
  DEFAULT_LOCALE: z.enum(['it', 'en']).default('it'),
  DEFAULT_TIMEZONE: z.string().default('Europe/Rome').refine(isZone, 'write a zone such as Europe/Rome'),
  MATRIX_HOMESERVER_URL: z.url('write it as https://matrix.example.org').optional(),
  MATRIX_USER_ID: z
    .string()
    .regex(/^@[^\s:]+:[^\s/]+$/, 'write it as @animatore:example.org')
    .optional(),
  MATRIX_ACCESS_TOKEN: z.string().optional(),
  MATRIX_PASSWORD: z.string().optional(),
  MATRIX_RECOVERY_KEY: z.string().optional(),
  MATRIX_ALLOWED_INVITERS: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type Settings = z.infer<typeof settings>

/** What is wrong with the environment, one sentence a setting. */
export class WrongSettings extends Error {}

/** The environment, read once; each setting may also stand in a file, named by `NAME_FILE`. A `.env` file is read first. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  if (environment === process.env && existsSync('.env')) loadEnvFile('.env')
  const given = Object.keys(settings.shape).flatMap(name => {
    const file = environment[`${name}_FILE`]
    const value = file ? readFileSync(file, 'utf8').trim() : environment[name]
    return value ? [[name, value]] : []
  })
  const parsed = settings.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  throw new WrongSettings(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
}

function isZone(name: string): boolean {
  try {
    return Boolean(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name))
  } catch {
    return false
  }
}
