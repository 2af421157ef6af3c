import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { nearest } from '#src/core/nearest.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { describeProblem } from '#src/kit/messages.ts'
import { readKit } from '#src/kit/read.ts'
import { kitIn, lineOf, problemsIn, rewritten, twoCommunities } from '#test/support/kits/kits.ts'

const language = openLanguage()
const inItalian = language.t({ locale: 'it', timezone: 'Europe/Rome' })
const inEnglish = language.t({ locale: 'en', timezone: 'Europe/Rome' })

test('a kit is read as it was written', () => {
  const kit = kitIn(twoCommunities)

  expect(kit.practices[0]?.version).toBe('1.10')
  expect(kit.programme.name).toEqual({ und: 'Valli aperte' })
  expect(inEnglish.local(kit.programme.name)).toBe('Valli aperte')
  expect(kit.laboratories[0]?.hours).toEqual({
    days: [2, 4],
    spans: [
      ['08:30', '12:30'],
      ['14:00', '18:00'],
    ],
  })
  expect(kit.people[0]?.accounts).toEqual({
    slack: { platform: 'slack', workspace: 'T1', address: 'U1' },
    matrix: { platform: 'matrix', workspace: 'valle.example', address: '@anna:valle.example' },
  })
})

test.each(['Il kit della comunità', 'The community kit'])('the steps of docs/kit.md make a whole kit: %s', heading => {
  const guide = readFileSync(new URL('../../docs/kit.md', import.meta.url), 'utf8')
  const [part = ''] = guide.split(/^# /m).filter(each => each.startsWith(heading))
  const steps = [...part.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml]) => yaml)

  expect(problemsIn(steps.join('\n'), { jobs: ['checkins.open', 'digests.week'] })).toEqual([])
  expect(steps).toHaveLength(9)
})

test('the demo is whole: eight lines, seventeen actions, eight risks, and everyone who speaks in it', () => {
  const { programme, people, services, trigger_events, places, practices } = kitIn(demoKit())

  expect(programme.lines.map(({ id }) => id)).toEqual(['L1T', 'L2T', 'L3T', 'L1', 'L2', 'L3', 'L4', 'L5'])
  expect(programme.actions).toHaveLength(17)
  expect(programme.risks).toHaveLength(8)
  expect(services).toHaveLength(14)
  expect(trigger_events).toHaveLength(5)
  expect(places.map(({ web }) => web?.address)).toEqual([
    '#ocpa',
    '#suape',
    '#welfare',
    '#digitale',
    '#laboratorio',
    '#coordinamento',
  ])
  expect(people.map(({ accounts }) => accounts.web?.address)).toEqual([
    'reuser',
    'provider',
    'operator',
    'coordinator',
    'supplier',
    'newcomer',
    'administrator',
  ])
  const items = [...programme.lines, ...programme.actions, ...programme.risks]
  expect(items.filter(({ name, owner }) => !owner || !name.it || !name.en)).toEqual([])
  expect(practices.filter(({ summary }) => [...summary].length > 150)).toEqual([])
  const owned = Map.groupBy(items, ({ owner }) => owner)
  expect([...owned].map(([owner, all]) => [owner, all.length])).toEqual([
    ['coordinator', 11],
    ['reuser', 4],
    ['operator', 11],
    ['provider', 7],
  ])
})

const wrong: { what: string; change: [string, string]; path: string; at?: string; says: string }[] = parse(
  readFileSync(new URL('../support/kits/wrong.yaml', import.meta.url), 'utf8'),
)

describe('a bad file is refused with path, line and reason', () => {
  test.each(wrong)('$what', ({ change, path, at = change[0], says }) => {
    const [problem, ...more] = problemsIn(rewritten(twoCommunities, change))

    expect(more).toEqual([])
    expect(problem?.path).toBe(path)
    expect(problem?.line).toBe(lineOf(twoCommunities, at))
    expect(inItalian.plain(describeProblem(inItalian, problem!))).toContain(says)
    expect(inEnglish.plain(describeProblem(inEnglish, problem!))).toContain(`line ${problem?.line}, ${path}: `)
  })

  test('every problem is told, in the order of the file', () => {
    const text = rewritten(
      twoCommunities,
      ['feast: 08-10', 'feast: mai'],
      ['audience: 40', 'audience: 0'],
      ['ipa: c_z001', 'ipa: "!"'],
    )
    expect(problemsIn(text).map(({ path }) => path)).toEqual([
      'programme.feast',
      'organizations[1].ipa',
      'communities[0].audience',
    ])
  })

  test('a schedule for something that is never scheduled, where the names are known', () => {
    expect(problemsIn(twoCommunities, { jobs: ['digests.week'] })).toEqual([])
    const [problem] = problemsIn(twoCommunities, { jobs: ['digests.weak'] })
    expect(problem).toMatchObject({ path: 'schedules.digests.week', perhaps: 'digests.weak' })
  })
})

describe('what is no kit at all', () => {
  test.each([
    ['broken YAML', 'version: 1\nprogramme:\n  name: {it: Ciao\n', 'kit.problems.notYaml', 4],
    ['tabs', 'version: 1\nprogramme:\n\tname: Ciao\n', 'kit.problems.notYaml', 3],
    [
      'a second document',
      `${twoCommunities}---\nversion: 1\n`,
      'kit.problems.twoDocuments',
      twoCommunities.split('\n').length,
    ],
    ['the same key twice', 'version: 1\nversion: 1\n', 'kit.problems.keyTwice', 2],
    ['nothing', '', 'kit.problems.missing', 1],
    ['a text', 'ciao', 'kit.problems.notASection', 1],
    ['too much', `# ${'a'.repeat(600_000)}`, 'kit.problems.tooLarge', 1],
    ['an alias of nothing', 'version: *one\n', 'kit.problems.aliases', 1],
  ])('%s', (_, text, key, line) => {
    expect(problemsIn(text)[0]).toMatchObject({ line, reason: { key } })
  })

  test('aliases that multiply are refused at once', () => {
    const levels = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}, *a${at}]`)
    const started = performance.now()
    expect(problemsIn(['a0: &a0 [x]', ...levels, ''].join('\n'))[0]?.reason.key).toBe('kit.problems.aliases')
    expect(problemsIn('people: &a [*a]')[0]?.reason.key).toMatch(/^kit\.problems\./)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('whatever is written, there is an answer', () => {
    const lines = twoCommunities.split('\n')
    const edit = fc.tuple(fc.nat(lines.length - 1), fc.string({ maxLength: 30, unit: 'grapheme' }))
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), edits => {
        const text = lines.map((line, at) => edits.find(([where]) => where === at)?.[1] ?? line).join('\n')
        const read = readKit(text)
        if (!read.ok) for (const each of read.problems) expect(describeProblem(inItalian, each)).not.toBe('')
      }),
      { numRuns: 200 },
    )
  })
})

test.each([
  ['cordinators', ['coordinators', 'members'], 'coordinators'],
  ['Suape', ['suape', 'welfare'], 'suape'],
  ['xyz', ['suape', 'welfare'], undefined],
  ['ab', ['cd', 'a'], 'a'],
])('who writes %s probably meant %s: %s', (given, known, meant) => {
  expect(nearest(given, known)).toBe(meant)
})
