import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const here = join(import.meta.dirname, '../..')

/** A bot that wishes a good day, and counts how often. */
const files = {
  'src/features/greetings/schema.ts': `
import { column, table } from '#src/storage/table.ts'

export const greetings = table('greetings', { member: column.id(), count: column.integer().notNull() })
`,
  'src/features/greetings/store.ts': `
import { sql } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { queries } from '#src/storage/database.ts'
import { greetings } from './schema.ts'

export async function greeted(tx: Tx, member: string): Promise<number> {
  const again = { target: greetings.member, set: { count: sql\`\${greetings.count} + 1\` } }
  const [row] = await queries(tx).insert(greetings).values({ member, count: 1 }).onConflictDoUpdate(again).returning()
  return row?.count ?? 1
}
`,
  'src/features/greetings/messages.ts': `
import type words from '#locales/it/greetings.json'
import type { KeysOf, Message, Translate } from '#src/core/message.ts'

declare module '#src/core/message.ts' {
  interface Words {
    greetings: KeysOf<typeof words, 'greetings'>
  }
}

export const hello = (t: Translate, name: string, count: number): Message => {
  const text = t('greetings.hello', { name, count })
  return { summary: text, blocks: [{ type: 'text', text }] }
}
`,
  'src/features/greetings/feature.ts': `
import type { Feature } from '#src/core/feature.ts'
import { say } from '#src/core/interaction.ts'
import { hello } from './messages.ts'
import { greeted } from './store.ts'

export const greetings: Feature = {
  name: 'greetings',
  commands: {
    greet: {
      for: ['anyone'],
      run: async ({ member }, { t, tx }) => say(hello(t(member), member.name, await greeted(tx, member.id))),
    },
  },
}
`,
  'locales/it/greetings.json': `{
  "commands": { "greet": { "name": "saluta", "does": "Ti augura una buona giornata." } },
  "hello_one": "Buona giornata, {{name}}!",
  "hello_other": "Buona giornata, {{name}}, per la {{count}}ª volta!"
}
`,
  'locales/en/greetings.json': `{
  "commands": { "greet": { "name": "greet", "does": "Wishes you a good day." } },
  "hello_one": "Have a good day, {{name}}!",
  "hello_other": "Have a good day, {{name}}, for the {{count}}th time!"
}
`,
}

test('a new feature is one folder, one line, its words and a migration', { timeout: 120_000 }, () => {
  const copy = mkdtempSync(join(tmpdir(), 'animatore-feature-'))
  for (const name of ['src', 'locales', 'drizzle', 'test', '.config', 'package.json', 'tsconfig.json']) {
    cpSync(join(here, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(here, 'node_modules'), join(copy, 'node_modules'))
  mkdirSync(join(copy, 'src/features/greetings'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(copy, name), text.trimStart())
  const list = join(copy, 'src/features/index.ts')
  const line = "  (await import('./greetings/feature.ts')).greetings,\n]"
  writeFileSync(list, readFileSync(list, 'utf8').replace(/\]\s*$/, `${line}\n`))
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })

  run('.config/migrations.ts', '--name', 'greetings')
  expect(run('.config/check/run.ts', 'types', 'imports', 'words', 'size', 'sentences', 'casts')).not.toContain('FAIL')

  const input = ['saluta', 'greet', 'aiuto'].map(text => JSON.stringify({ as: 'newcomer', text })).join('\n')
  const { stdout } = spawnSync(process.execPath, ['src/bot.js', 'chat', '--json'], {
    cwd: copy,
    input,
    encoding: 'utf8',
  })
  expect(stdout).toContain('Buona giornata, Nuovo Arrivo!')
  expect(stdout).toContain('Buona giornata, Nuovo Arrivo, per la 2ª volta!')
  expect(stdout).toContain('saluta: Ti augura una buona giornata.')
})
