import type { Check, Finding } from './lib/check.ts'
import { type Reference, referencesIn } from './lib/references.ts'
import { type Source, sources } from './lib/source.ts'

/** Imports go one way. A folder that is not here may import nothing, so that a new one gets its line first. */
const mayImport: Record<string, readonly RegExp[]> = {
  core: [],
  storage: [/^core\//],
  i18n: [/^core\//],
  outward: [/^core\//],
  charts: [/^core\//],
  delivery: [/^(core|storage|i18n)\//],
  schedule: [/^(core|storage|i18n)\//],
  features: [/^(core|storage|i18n)\//, /^features\/[^/]+\/store\.ts$/],
  kit: [/^(core|storage|i18n|schedule)\//, /^features\/[^/]+\/store\.ts$/],
  http: [/^(core|i18n)\//],
  platforms: [/^(core|i18n)\//],
  'config.ts': [/^storage\/engine\.ts$/],
}

/** The composition root, the verbs and the guard before them know everything; the settings know where the environment is read. */
const knowsEverything = /^(main\.ts|main\/.*|cli\.ts|cli\/.*|bot\.js)$/
const registry = { file: 'features/index.ts', mayImport: /^features\/[^/]+\/feature\.ts$/ }

const mayRead: readonly { library: RegExp; in: RegExp; where: string }[] = [
  { library: /^@slack\//, in: /^platforms\/slack\//, where: 'platforms/slack' },
  { library: /^matrix-js-sdk(\/|$)/, in: /^platforms\/matrix\//, where: 'platforms/matrix' },
  {
    library: /^drizzle-orm(\/|$)/,
    in: /^(storage|delivery|schedule)\/|\/(schema|store)\.ts$/,
    where: 'storage, delivery, schedule, schema.ts and store.ts',
  },
]

const readsEnvironment = /^(config\.ts|storage\/engine\.ts)$/

/** `features/practices` for a file of one feature, `features` for what stands beside them, `core` for all of core. */
const unitOf = (file: string): string =>
  /^(features|platforms)\/[^/]+(?=\/)/.exec(file)?.[0] ?? /^[^/]+(?=\/)/.exec(file)?.[0] ?? file

const beside = (from: string, to: string): boolean =>
  unitOf(from) === unitOf(to) || (unitOf(to) === unitOf(from).split('/')[0] && to !== registry.file)

const mayReach = (from: string, to: string): boolean =>
  knowsEverything.test(from) ||
  beside(from, to) ||
  (from === registry.file && registry.mayImport.test(to)) ||
  (mayImport[from.split('/')[0] ?? ''] ?? []).some(allowed => allowed.test(to))

/** A part that speaks takes the type of its own keys from its own file. */
const readsWords = (from: string, to: string): boolean =>
  from.startsWith('i18n/') || to === `locales/it/${/^(?:features\/)?([^/]+)\//.exec(from)?.[1]}.json`

/** What is wrong with one reference of a file, or nothing; both are named from `src`. */
function objection(from: string, { kind, to }: Reference): string | undefined {
  if (kind === 'environment') {
    return readsEnvironment.test(from) ? undefined : 'only config.ts and storage/engine.ts read the environment'
  }
  if (kind === 'library') {
    const rule = mayRead.find(({ library }) => library.test(to))
    return rule && !rule.in.test(from) ? `${to} belongs in ${rule.where}` : undefined
  }
  if (to.startsWith('test/')) return `${to}: nothing outside the tests imports them`
  if (to.startsWith('locales/')) return readsWords(from, to) ? undefined : `${to}: only i18n reads the words`
  const inside = to.replace(/^src\//, '')
  return mayReach(from, inside) ? undefined : `${unitOf(from)} may not import ${inside}`
}

export function wrongImports(source: Source): Finding[] {
  const from = source.file.replace(/^src\//, '')
  return referencesIn(source).flatMap(reference => {
    const message = objection(from, reference)
    const found = { file: source.file, line: source.lineAt(reference.at), what: reference.to }
    return message === undefined ? [] : [{ ...found, message }]
  })
}

export const check: Check = { name: 'imports', run: () => sources('src/**/*.{ts,js}').flatMap(wrongImports) }
