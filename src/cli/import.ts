import type { Settings } from '#src/config.ts'
import type { Tx } from '#src/core/feature.ts'
import { fold } from '#src/core/fold.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import { communities } from '#src/features/communities/store.ts'
import { features } from '#src/features/index.ts'
import { type PublicCode, readPublicCode } from '#src/features/practices/publiccode.ts'
import { importPractice } from '#src/features/practices/store.ts'
import { assemble, type Bot } from '#src/main.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { findOrganizations, type Organization, organizationNamed, recognised } from '#src/storage/organizations.ts'
import { keptMoment } from './clock.ts'
import { progress } from './importing/bar.ts'
import { isFailed, type Outcome, summary, type Told } from './importing/outcome.ts'
import { type Source, sourcesIn } from './importing/sources.ts'
import { openLog } from './log.ts'
import { complain, databaseOf, isThere, tell } from './shell.ts'

interface Flags {
  community: string
  provider?: string
  db?: string
}
/** Whom what is imported belongs to: `provider` stands in where a file names nobody that we know. */
interface Whose {
  community: string
  provider?: Organization
}

/** Proposes what files and addresses describe. What was proposed before stays as it is, so a second run changes nothing. */
export async function importPractices(
  named: string[],
  flags: Flags,
  settings: Settings,
  t: Translate,
): Promise<number> {
  const database = databaseOf(settings, flags.db)
  if (!isThere(database)) return refused(t, t('shell.noDatabaseForImport', { path: database }))
  const store = await openStore(database)
  const bot = await atRest(store, settings)
  try {
    const whose = await store.read(tx => whoseIn(tx, flags, t))
    if ('wrong' in whose) return refused(t, whose.wrong)
    const told = await all(sourcesIn(named), bot, whose)
    for (const line of summary(t, told)) process.stdout.write(`${line}\n`)
    if (told.some(({ outcome }) => outcome.kind === 'proposed')) tell(t, t('shell.import.next'))
    return told.some(isFailed) ? 1 : 0
  } finally {
    await bot.stop()
  }
}

function refused(t: Translate, why: Markdown): number {
  complain(t, why)
  return 1
}

/** The bot without platforms: what it has to say waits in the outbox for the one that runs. */
async function atRest(store: Store, { LOG_LEVEL }: Settings): Promise<Bot> {
  const moment = await keptMoment(memoryOf(store, 'stage'))
  const now = (): Temporal.Instant => moment ?? Temporal.Now.instant()
  const log = openLog(LOG_LEVEL === 'info' ? 'warn' : LOG_LEVEL)
  return assemble({ store, features, platforms: [], workers: {}, now, log })
}

async function whoseIn(tx: Tx, { community, provider }: Flags, t: Translate): Promise<Whose | { wrong: Markdown }> {
  const all = await communities(tx)
  const found = all.find(({ id, name }) => [id, ...Object.values(name)].some(each => fold(each) === fold(community)))
  if (!found) {
    const known = all.map(({ id }) => id)
    const values = { given: community, known: t.list(known) }
    return { wrong: known.length > 0 ? t('shell.import.noCommunity', values) : t('shell.import.noCommunities') }
  }
  if (provider === undefined) return { community: found.id }
  const [organization, another] = await findOrganizations(tx, provider)
  if (organization && !another) return { community: found.id, provider: organization }
  const given = { given: provider }
  return { wrong: another ? t('shell.import.manyProviders', given) : t('shell.import.noSuchProvider', given) }
}

async function all(sources: readonly Source[], bot: Bot, whose: Whose): Promise<Told[]> {
  const bar = progress(sources.length)
  const told: Told[] = []
  for (const source of sources) {
    told.push({ name: source.name, outcome: await one(source, bot, whose) })
    bar.step()
  }
  bar.end()
  return told
}

/** Each in its own transaction: one that fails takes no other with it. */
async function one(source: Source, bot: Bot, { community, provider: otherwise }: Whose): Promise<Outcome> {
  const read = await source.read()
  if (!read.ok) return { kind: 'unread', why: read }
  const reading = readPublicCode(read.text)
  if (!reading.ok) return { kind: 'wrong', findings: reading.problems }
  return bot.act(async world => {
    const provider = (await providerIn(world.tx, reading.practice)) ?? otherwise
    if (!provider) return { kind: 'no-provider', ipa: reading.practice.ipa }
    const { practice, added } = await importPractice(world, reading.practice, { community, provider: provider.id })
    return { kind: added ? 'proposed' : 'known', practice, provider: provider.name }
  })
}

/** Whoever the file names by IPA code; one that is new here is added by the name it has in the file. */
async function providerIn(tx: Tx, { ipa, owner }: PublicCode): Promise<Organization | undefined> {
  if (!ipa) return undefined
  const known = await recognised(tx, { id: ipa, name: owner ?? ipa, ipa })
  return known ?? (owner ? organizationNamed(tx, { name: owner, ipa }) : undefined)
}
