import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPublicCode } from '#src/features/practices/publiccode.ts'
import { aFile, practiceIn, problemsIn, reasonsIn } from '#test/support/publiccode/reading.ts'

describe('hostile files', () => {
  const bytes = 500_000
  const fill = (part: string) => part.repeat(Math.floor(bytes / part.length))
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (const [name, last] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'])
    bomb.push(`${name}: &${name} [${`*${last},`.repeat(9)}]`)

  test.each([
    ['a bomb of aliases', bomb.join('\n'), 'aliases'],
    ['thousands of aliases', `a: &a 1\nb: [${fill('*a,').slice(0, 9_999)}]`, 'aliases'],
    ['brackets', fill('['), 'too-complex'],
    ['braces', fill('{a: '), 'too-complex'],
    ['nested lists on one line', fill('- '), 'too-complex'],
    ['nested questions', fill('? '), 'too-complex'],
    ['nested blocks', Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'too-complex'],
    ['commas', `[${fill(',')}]`, 'too-complex'],
    ['keys without end', Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join('\n'), 'too-complex'],
    ['more than 512 KB', 'x'.repeat(512 * 1024 + 1), 'too-large'],
    ['more than 512 KB in few characters', 'à'.repeat(300_000), 'too-large'],
  ])('%s', (_name, text, reason) => {
    const started = performance.now()
    expect(reasonsIn(text)).toContain(reason)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('a bomb is told once', () => {
    expect(reasonsIn(aFile() + bomb.join('\n'))).toEqual(['aliases'])
  })

  test('hundreds of people to hide do not slow it down', () => {
    const contacts = Array.from({ length: 300 }, (_, index) => `{ name: A${'b'.repeat(150)} A${index} }`).join(', ')
    const started = performance.now()
    const name = `${'a'.repeat(9_000)}`
    expect(reasonsIn(aFile({ maintenance: `{ contacts: [${contacts}] }`, landingURL: name }))).toEqual(['too-many'])
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('no tag is resolved', () => {
    expect(practiceIn(aFile({ name: '!!binary aGk=', landingURL: '!!js/function "x"' })).name).toBe('aGk=')
    expect(practiceIn(`%YAML 1.1\n---\n${aFile({ releaseDate: '!!timestamp 2020-01-01' })}`).releaseDate).toBe(
      '2020-01-01',
    )
  })

  test('keys named after an object’s own parts are harmless', () => {
    const text = `${aFile()}__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }\n`
    expect(practiceIn(text).name).toBe('Sportello')
    expect({}).not.toHaveProperty('polluted')
  })

  test('control characters vanish, raw or escaped', () => {
    expect(practiceIn(aFile({ name: '"Spor\\0tel\\u0007lo\u0000\\uD800"' })).name).toBe('Sportello\ufffd')
  })

  test('mentions, markup and right-to-left marks stay as they were written', () => {
    const name = '<@U1> *x* <b> \u202eabc'
    expect(practiceIn(aFile({ name: JSON.stringify(name) })).name).toBe(name)
  })

  test('whatever the text, there is an answer, and it points into the file', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...aFile().split('\n')),
      fc.constantFrom('a: &a', 'b: *a', '  - ', '{', '"', '|'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), rows => {
        const text = rows.join('\n')
        for (const problem of problemsIn(text)) {
          expect(problem.line).toBeGreaterThan(0)
          expect(problem.line).toBeLessThanOrEqual(text.split('\n').length)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('whatever stands under its keys, there is an answer without control characters', () => {
    const value = fc.json({ maxDepth: 3, stringUnit: 'binary' })
    const keys = [
      'publiccodeYmlVersion',
      'name',
      'url',
      'legal',
      'description',
      'maintenance',
      'organisation',
      'categories',
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, (key, json) => {
        expect(JSON.stringify(readPublicCode(aFile({ [key]: json })))).not.toMatch(/\\u00(0[0-8bcef]|1|7f)/)
      }),
      { numRuns: 500 },
    )
  })
})
