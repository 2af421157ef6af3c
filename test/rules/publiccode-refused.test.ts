import { describe, expect, test } from 'vitest'
import { aFile, fixture, problemsIn, reasonsIn } from '#test/support/publiccode/reading.ts'

describe('what is refused', () => {
  test('every problem is told at once, in the order of the file', () => {
    expect(problemsIn(fixture('many-problems'))).toEqual([
      { key: 'publiccodeYmlVersion', line: 1, reason: 'unknown-version', values: { version: '1.7' } },
      { key: 'name', line: 2, reason: 'missing-name' },
      { key: 'url', line: 3, reason: 'not-https' },
      { key: 'categories', line: 4, reason: 'not-a-list' },
      { key: 'legal.license', line: 6, reason: 'unknown-licence', values: { licence: 'Licenza nostra' } },
      { key: 'description.it.shortDescription', line: 9, reason: 'not-text' },
      { key: 'description.en', line: 10, reason: 'not-a-section' },
      { key: 'url', line: 11, reason: 'duplicate' },
    ])
  })

  test.each([
    ['nothing at all', '', ['not-a-mapping']],
    ['a sentence', 'buongiorno a tutti', ['not-a-mapping']],
    ['a list', '- name: x', ['not-a-mapping']],
    ['a web page', '\n<!DOCTYPE html>\n<html><head><title>x: y</title>\n</head></html>', ['web-page']],
    ['an open quote', 'name: "Sportello\nurl: x', ['not-yaml']],
    ['an unknown alias', aFile({ name: '*nobody' }), ['missing-name', 'aliases']],
    ['an anchor that holds itself', `${aFile()}x: &x [*x]`, ['aliases']],
    ['no name', aFile({ name: undefined }), ['missing-name']],
    ['a blank name', aFile({ name: '"  "' }), ['missing-name']],
    ['a null name', aFile({ name: '~' }), ['missing-name']],
    ['a name that is a list', aFile({ name: '[a]' }), ['not-text']],
    ['a name that is a novel', aFile({ name: 'x'.repeat(201) }), ['too-long']],
    ['no address', aFile({ url: undefined }), ['missing-url']],
    ['an address for git', aFile({ url: 'git@example.org:ente/progetto.git' }), ['not-https']],
    ['an address with a password', aFile({ url: 'https://u:p@example.org/' }), ['not-https']],
    ['no licence', aFile({ legal: '{ repoOwner: Ente }' }), ['missing-licence']],
    ['no legal section', aFile({ legal: undefined }), ['missing-licence']],
    ['a legal sentence', aFile({ legal: 'EUPL-1.2' }), ['not-a-section']],
    ['an unknown licence', aFile({ legal: '{ license: GPL }' }), ['unknown-licence']],
    ['no version', aFile({ publiccodeYmlVersion: undefined }), ['missing-version']],
    ['a later version', aFile({ publiccodeYmlVersion: '0.6' }), ['unknown-version']],
    ['no description', aFile({ description: undefined }), ['no-description']],
    [
      'a description in no language',
      aFile({ description: '{ __proto__: { shortDescription: x } }' }),
      ['no-description'],
    ],
    [
      'a description that says nothing',
      aFile({ description: '{ it: { shortDescription: " " } }' }),
      ['no-description'],
    ],
    [
      'an endless description',
      aFile({ description: `{ it: { longDescription: ${'x'.repeat(10_001)} } }` }),
      ['too-long'],
    ],
    ['hundreds of features', aFile({ categories: `[${'x, '.repeat(201)}]` }), ['too-many']],
  ])('%s', (_name, text, reasons) => {
    expect(new Set(reasonsIn(text))).toEqual(new Set(reasons))
  })

  test('a missing key points at the section it belongs in', () => {
    expect(problemsIn(aFile({ legal: '\n  repoOwner: Ente' }))).toEqual([
      { key: 'legal.license', line: 4, reason: 'missing-licence' },
    ])
  })

  test('a repeated key deep in the file', () => {
    const text = `${aFile()}it:\n  riuso:\n    codiceIPA: a\n    codiceIPA: b\n`
    expect(problemsIn(text)).toEqual([{ key: 'it.riuso.codiceIPA', line: 9, reason: 'duplicate' }])
  })
})
