import { describe, expect, test } from 'vitest'
import { castsIn } from '../../.config/check/casts.ts'
import { except } from '../../.config/check/lib/exceptions.ts'
import { source } from '../../.config/check/lib/source.ts'
import { gulpease, hardToRead } from '../../.config/check/readability.ts'
import { sentencesIn } from '../../.config/check/sentences.ts'
import { tooLong } from '../../.config/check/size.ts'

const file = 'src/features/practices/feature.ts'
const sentences = (code: string) => sentencesIn(source(file, code)).map(({ what }) => what)
const casts = (code: string, where = file) => castsIn(source(where, code)).map(({ what }) => what)
const sizes = (code: string, where = file) => tooLong(source(where, code)).map(({ what, size }) => [what, size])

describe('sentences in code', () => {
  test.each([
    `say('Ho pubblicato la pratica')`,
    `const text = "L’ente che cede"`,
    'say(`Ciao ${name}, ecco la pratica`)',
    'say(`pubblicata da ${who} oggi`)',
    'say(`${who} riusa questa`)',
    `const words = { hello: 'Ti diamo il benvenuto.' }`,
    `const html = '<p class="lead">Ti diamo il benvenuto</p>'`,
  ])('found: %s', code => {
    expect(sentences(code)).toHaveLength(1)
  })

  test.each([
    `t('practices.announced.text')`,
    `import { x } from './un nome di file.ts'`,
    `type Why = 'not one of these'`,
    `throw new Error('no practice has this number')`,
    'throw new UnusableDatabase(`written by version ${newer} of the bot`)',
    'class Busy extends Error { constructor(s: number) { super(`asked to wait ${s} s`) } }',
    `log.warn({ id }, 'the sender gave this post up')`,
    `world.log.child({}).info('the sender is starting again')`,
    `z.string().min(1, 'must not be empty')`,
    `connection.exec('CREATE TABLE IF NOT EXISTS x')`,
    'tx.run(sql`select count from every table`)',
    'const key = `${feature}.commands.${id}`',
    `const name = 'pratica proponi'`,
    'const html = `<a class="btn btn-primary btn-lg" href="${url}">${label}</a>`',
    `const rule = 'FREQ=MONTHLY;BYDAY=MO,TU,WE'`,
    'const all = `${a} ${b} ${c}`',
    '// A comment is no sentence of ours',
  ])('not found: %s', code => {
    expect(sentences(code)).toEqual([])
  })
})

describe('type assertions', () => {
  test('are found, `as const` and `satisfies` apart', () => {
    expect(casts('const a = b as Practice')).toEqual(['as Practice'])
    expect(casts('const a = b as unknown as Practice')).toEqual(['as Practice', 'as unknown'])
    expect(casts('const a = [1] as const; const c = {} satisfies Values')).toEqual([])
    expect(casts(`import { a as b } from './a.ts'; export { b as c }`)).toEqual([])
  })

  test('are for readers and the storage; Markdown is for i18n', () => {
    expect(casts('const a = b as Event', 'src/platforms/slack/read.ts')).toEqual([])
    expect(casts('const a = b as Row', 'src/storage/members.ts')).toEqual([])
    expect(casts('const a = b as Markdown', 'src/storage/members.ts')).toEqual(['as Markdown'])
    expect(casts('const a = b as Markdown', 'src/i18n/t.ts')).toEqual([])
    expect(casts('const a = b as Practice', 'src/i18n/t.ts')).toEqual(['as Practice'])
  })
})

describe('sizes', () => {
  const lines = (count: number) => '\n'.repeat(count - 1)

  test('a file has 200 lines at most, tests too', () => {
    expect(sizes(`x${lines(199)}\ny`)).toEqual([])
    expect(sizes(`x${lines(201)}\ny`)).toEqual([['file', 202]])
    expect(sizes(`x${lines(201)}\ny`, 'test/scenarios/a.test.ts')).toEqual([['file', 202]])
  })

  test('a function has 40 lines at most, except in tests', () => {
    expect(sizes(`function adopt() {${lines(40)}}`)).toEqual([])
    expect(sizes(`function adopt() {${lines(41)}}`)).toEqual([['adopt', 41]])
    expect(sizes(`const adopt = async () => {${lines(41)}}`)).toEqual([['adopt', 41]])
    expect(sizes(`const f = { adopt() {${lines(41)}} }`)).toEqual([['adopt', 41]])
    expect(sizes(`run(() => {${lines(41)}})`)).toEqual([['function', 41]])
    expect(sizes(`test('x', () => {${lines(41)}})`, 'test/scenarios/a.test.ts')).toEqual([])
  })
})

describe('readability', () => {
  const text = (words: string) => ({ language: 'it', key: 'a.b', text: words, file: 'locales/it/a.json', line: 1 })

  test('the index is the published one', () => {
    // 2 sentences, 6 words, 26 letters: 89 + (600 - 260) / 6.
    expect(gulpease('Ciao Anna. Ecco **la** [pratica](https://example.org) nuova.').score).toBeCloseTo(89 + 340 / 6)
  })

  test('a value counts as a word of six letters', () => {
    expect(gulpease('{{name}} arriva.')).toEqual({ words: 2, score: 89 + (300 - 120) / 2 })
  })

  test('long sentences of long words are refused, short ones and short texts are not', () => {
    const heavy = 'conseguentemente alla trasmissione della documentazione amministrativa '
    expect(hardToRead(text(heavy.repeat(4)))).toHaveLength(1)
    expect(hardToRead(text(heavy.repeat(2)))).toEqual([])
    expect(hardToRead(text('Ho letto la tua richiesta. Ora la vede il laboratorio. '.repeat(3)))).toEqual([])
  })
})

describe('exceptions', () => {
  const found = { file: 'src/a.ts', what: 'file', size: 230, message: 'has 230 lines' }
  const allowed = { check: 'size', file: 'src/a.ts', what: 'file', atMost: 240, reason: 'one long table' }

  test('cover what they name, up to their size', () => {
    expect(except('size', [found], [allowed])).toEqual([])
    expect(except('size', [{ ...found, size: 250 }], [allowed])).toHaveLength(2)
    expect(except('size', [{ ...found, what: 'adopt' }], [allowed])).toHaveLength(2)
    expect(except('casts', [found], [allowed])).toEqual([found])
  })

  test('fail when nothing needs them any more', () => {
    expect(except('size', [], [allowed])).toMatchObject([{ message: 'no longer needed: size, src/a.ts, file' }])
  })
})
