import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { tidy } from '#src/core/fields.ts'
import type { Form } from '#src/core/form.ts'
import { features } from '#src/features/index.ts'
import { saveConversation } from '#src/storage/conversations.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { engine } from '#src/storage/engine.ts'
import { accountNamed } from '#src/storage/members.ts'
import { type Community, community } from '#test/support/community.ts'
import { hostile, hostileText } from '#test/support/hostile.ts'
import { rowsIn } from '#test/support/tables.ts'

const people = ['newcomer', 'reuser', 'provider', 'operator', 'coordinator', 'supplier', 'administrator'] as const
const commands = features.flatMap(feature => Object.keys(feature.commands ?? {}).map(id => `${feature.name}.${id}`))
const choices = features.flatMap(feature => Object.keys(feature.choices ?? {}))
const forms = features.flatMap(feature => feature.forms ?? []).map(({ form }) => form)

/** What is random goes on where it is quick; what the engines do with a text is in `hostile` itself. */
const times = (many: number): number => (engine() === 'postgres' ? Math.ceil(many / 5) : many)

/** Tables that belong to the features: what nobody may change with an answer that does not pass. */
const own = (name: string): boolean =>
  !/^(outbox|errands|events|conversations|memory|files|accounts|schedules|alarms|counters|sqlite_|__drizzle)/.test(name)

const tables = async (db: string): Promise<Record<string, unknown[]>> =>
  Object.fromEntries([...(await rowsIn(db))].filter(([name]) => own(name)))

const failures = async (db: string): Promise<unknown[]> =>
  ((await rowsIn(db)).get('events') ?? []).filter(({ outcome }) => outcome === 'failed')

const words = async ({ line }: Community, as: string, id: string, text: string): Promise<void> => {
  await line({ as, in: 'dm', text: `${nameOf(id)} ${text}` })
}
const nameOf = (id: string): string => {
  const [feature = '', command = ''] = id.split('.')
  const { commands: known } = locales[feature] ?? {}
  return known?.[command]?.name.split('|')[0]?.trim() ?? ''
}
const locales: Record<string, { commands?: Record<string, { name: string }> }> = Object.fromEntries(
  await Promise.all(
    features.map(async ({ name }) => [
      name,
      (await import(`#locales/it/${name}.json`, { with: { type: 'json' } })).default,
    ]),
  ),
)

/** Answers a form as if it had been asked. */
async function answer(
  bot: Community,
  store: Store,
  as: string,
  form: Form,
  about: string,
  answers: Record<string, string>,
) {
  const before = await tables(bot.db)
  await bot.line({ as, in: 'dm', text: 'annulla' })
  await open(store, as, form, about)
  const out = await bot.line({ as, answers })
  return { before, after: await tables(bot.db), problems: out.find(each => each.problems)?.problems, out }
}

const open = (store: Store, as: string, form: Form, about: string): Promise<void> =>
  store.transaction(async tx => {
    const member = (await accountNamed(tx, 'web', 'local', as))?.id
    const place = { platform: 'web' as const, workspace: 'local', id: `dm:${as}` }
    const blank = { subject: null, known: {}, options: {}, raw: {}, field: 0, found: null }
    const expiresAt = Date.parse('2030-01-01')
    if (member) await saveConversation(tx, { ...blank, member, form: form.name, about, place, expiresAt })
  })

test.each(commands)('%s answers anything that follows it, and breaks at nothing', { timeout: 120_000 }, async id => {
  const bot = await community()
  for (const [at, text] of hostile.entries()) await words(bot, people[at % people.length] ?? 'reuser', id, text)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...people), hostileText, (as, text) => words(bot, as, id, text)),
    { numRuns: times(15) },
  )
  expect(await failures(bot.db)).toEqual([])
})

test.each(choices)('%s answers any value, and breaks at nothing', { timeout: 120_000 }, async action => {
  const bot = await community()
  const [{ ref } = { ref: '' }] = await bot.reuser.says('aiuto')
  const asked = fc.asyncProperty(fc.constantFrom(...people), hostileText, async (as, value) => {
    await bot.line({ as, choose: action, value: value.slice(0, 1000), ref })
  })
  await fc.assert(asked, { numRuns: times(40) })
  expect(await failures(bot.db)).toEqual([])
})

test.each(forms.map(form => [form.name, form] as const))(
  '%s tells what is wrong in every field, and changes nothing',
  { timeout: 120_000 },
  async (_, form) => {
    const bot = await community()
    const store = await openStore(bot.db)
    onTestFinished(store.close)
    const names = Object.keys(form.fields).filter(name => form.fields[name]?.input.kind !== 'file')
    const about = fc.oneof(
      fc.constantFrom('', 'suape', 'sportello-unico', 'line:L1T', 'R1'),
      hostileText.map(text => text.slice(0, 200)),
    )
    const filled = fc.record(Object.fromEntries(names.map(name => [name, hostileText])))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...people), about, filled, async (as, what, answers) => {
        const { before, after, problems, out } = await answer(bot, store, as, form, what, answers)
        if (problems) expect(after).toEqual(before)
        // Nothing goes unanswered: a sentence for what does not pass, a message for what does.
        expect(out.length).toBeGreaterThan(0)
        for (const [name, told] of Object.entries(problems ?? {})) expect(`${name}: ${told}`).toMatch(/\S+: \S.{8,}/su)
      }),
      { numRuns: times(60) },
    )
    expect(await failures(bot.db)).toEqual([])
  },
)

test.each(hostile.filter(text => tidy(text).length > 0 && tidy(text).length <= 80 && !/[\n]/.test(tidy(text))))(
  'a practice called %j is kept and shown as it is',
  async title => {
    const bot = await community()
    await bot.provider.says('pratica proponi')
    await bot.provider.answers({
      title,
      summary: 'Breve',
      description: 'Lunga',
      provider: 'Comune di Terni',
      community: 'suape',
    })
    await bot.coordinator.presses('practices.publish')

    const shown = tidy(title).replace(/\s+/gu, ' ')
    expect(bot.place('#ocpa').lastMessage().text).toContain(shown)
    expect(JSON.stringify((await tables(bot.db)).practices)).toContain(JSON.stringify(shown).slice(1, -1))
  },
)
