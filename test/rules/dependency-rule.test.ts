import { expect, test } from 'vitest'
import { wrongImports } from '../../.config/check/imports.ts'
import { source } from '../../.config/check/lib/source.ts'

const complaints = (file: string, text: string) => wrongImports(source(file, text)).map(({ message }) => message)
const importing = (file: string, to: string) => complaints(file, `import { x } from '${to}'`)

const practices = 'src/features/practices'

test.each([
  ['src/core/form.ts', '#src/storage/table.ts'],
  ['src/core/form.ts', '#src/i18n/t.ts'],
  ['src/storage/table.ts', '#src/i18n/t.ts'],
  ['src/storage/table.ts', '#src/delivery/outbox.ts'],
  ['src/storage/members.ts', '#src/features/practices/store.ts'],
  ['src/i18n/t.ts', '#src/storage/table.ts'],
  ['src/delivery/outbox.ts', '#src/schedule/heartbeat.ts'],
  ['src/delivery/outbox.ts', '#src/features/practices/store.ts'],
  ['src/delivery/sender.ts', '../platforms/slack/adapter.ts'],
  ['src/schedule/heartbeat.ts', '#src/delivery/outbox.ts'],
  [`${practices}/feature.ts`, '#src/delivery/outbox.ts'],
  [`${practices}/feature.ts`, '#src/schedule/recurrence.ts'],
  [`${practices}/feature.ts`, '#src/platforms/console/adapter.ts'],
  [`${practices}/feature.ts`, '../communities/rules.ts'],
  [`${practices}/feature.ts`, '#src/features/communities/feature.ts'],
  [`${practices}/schema.ts`, '#src/features/communities/schema.ts'],
  [`${practices}/feature.ts`, '#src/features/index.ts'],
  [`${practices}/store.ts`, '#src/config.ts'],
  ['src/kit/apply.ts', '#src/features/practices/rules.ts'],
  ['src/kit/apply.ts', '#src/delivery/outbox.ts'],
  ['src/http/server.ts', '#src/storage/table.ts'],
  ['src/http/server.ts', '#src/features/practices/store.ts'],
  ['src/platforms/slack/adapter.ts', '#src/storage/members.ts'],
  ['src/platforms/slack/adapter.ts', '../matrix/render.ts'],
  ['src/platforms/console/adapter.ts', '#src/features/practices/store.ts'],
  ['src/config.ts', '#src/storage/table.ts'],
  ['src/brandnew/thing.ts', '#src/core/form.ts'],
  ['src/core/form.ts', '#src/main.ts'],
  ['src/kit/apply.ts', '#test/support/clock.ts'],
  [`${practices}/messages.ts`, '#locales/it/communities.json'],
])('%s may not import %s', (file, to) => {
  expect(importing(file, to)).toHaveLength(1)
})

test.each([
  ['src/main.ts', '#src/platforms/slack/adapter.ts'],
  ['src/cli.ts', '#src/kit/apply.ts'],
  ['src/core/form.ts', './message.ts'],
  ['src/storage/table.ts', '#src/core/feature.ts'],
  ['src/i18n/t.ts', '#src/core/message.ts'],
  ['src/i18n/t.ts', '#locales/it/core.json'],
  [`${practices}/messages.ts`, '#locales/it/practices.json'],
  ['src/delivery/outbox.ts', '#src/storage/table.ts'],
  ['src/schedule/heartbeat.ts', '#src/i18n/t.ts'],
  ['src/features/index.ts', './practices/feature.ts'],
  [`${practices}/feature.ts`, './rules.ts'],
  [`${practices}/feature.ts`, '#src/storage/members.ts'],
  [`${practices}/feature.ts`, '../communities/store.ts'],
  ['src/kit/apply.ts', '#src/features/practices/store.ts'],
  ['src/kit/apply.ts', '#src/schedule/recurrence.ts'],
  ['src/http/server.ts', '#src/i18n/t.ts'],
  ['src/platforms/slack/adapter.ts', './read.ts'],
  ['src/platforms/matrix/render.ts', '#src/core/message.ts'],
])('%s may import %s', (file, to) => {
  expect(importing(file, to)).toEqual([])
})

test.each([
  ['src/platforms/matrix/adapter.ts', '@slack/bolt'],
  ['src/main.ts', '@slack/types'],
  ['src/platforms/slack/adapter.ts', 'matrix-js-sdk'],
  ['src/http/server.ts', 'matrix-js-sdk/lib/client.js'],
  [`${practices}/feature.ts`, 'drizzle-orm'],
  ['src/kit/apply.ts', 'drizzle-orm/sqlite-core'],
])('%s may not use %s', (file, library) => {
  expect(importing(file, library)).toHaveLength(1)
})

test.each([
  ['src/platforms/slack/read.ts', '@slack/types'],
  ['src/platforms/matrix/adapter.ts', 'matrix-js-sdk'],
  [`${practices}/store.ts`, 'drizzle-orm'],
  [`${practices}/schema.ts`, 'drizzle-orm'],
  ['src/delivery/outbox.ts', 'drizzle-orm'],
  ['src/core/form.ts', 'zod'],
])('%s may use %s', (file, library) => {
  expect(importing(file, library)).toEqual([])
})

test.each([
  "import type { X } from '#src/storage/table.ts'",
  "import '#src/storage/table.ts'",
  "export { x } from '#src/storage/table.ts'",
  "export * from '../storage/table.ts'",
  "const x = await import('#src/storage/table.ts')",
  "type X = import('#src/storage/table.ts').X",
  "const x = require('../storage/table.ts')",
])('no way around it: %s', text => {
  expect(complaints('src/core/form.ts', text)).toEqual(['core may not import storage/table.ts'])
})

test.each(['process.env.HOME', "process['env']", 'const { env } = process', "import { env } from 'node:process'"])(
  'the environment is read in two places only: %s',
  text => {
    expect(complaints('src/delivery/sender.ts', text)).toHaveLength(1)
    expect(complaints('src/config.ts', text)).toEqual([])
    expect(complaints('src/storage/engine.ts', text)).toEqual([])
  },
)
