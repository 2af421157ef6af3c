import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { longestSummary } from '#src/features/practices/publiccode.ts'
import { aFile, fixture, practiceIn, problemsIn } from '#test/support/publiccode/reading.ts'

describe('what is taken from a file', () => {
  test('a file of the current version', () => {
    expect(practiceIn(fixture('current'))).toEqual({
      publiccodeVersion: '0.5.0',
      name: 'Sportello del verde',
      url: 'https://git.example.org/comune-esempio/sportello-verde',
      landingUrl: 'http://www.comune.esempio.it/verde',
      licence: 'EUPL-1.2 OR MIT',
      version: '1.10',
      releaseDate: '2026-05-12',
      categories: ['workflow-management', 'geographic-information-systems'],
      ipa: 'c_a123',
      owner: 'Comune di Esempio',
      summaries: {
        it: 'Segnalazioni sul verde pubblico, dalla mappa alla squadra',
        en: 'Reports about public gardens',
      },
      descriptions: { it: "Chi abita in città segnala, l'ufficio smista.\n\nScritto da … con cura; per dubbi …." },
      features: { it: ['Mappa delle segnalazioni', 'Turni delle squadre'], en: ['Map of reports'] },
      documentation: 'https://docs.example.org/verde',
    })
  })

  test('a file of the first version, with gaps that files in use have', () => {
    expect(practiceIn(fixture('first-version'))).toEqual({
      publiccodeVersion: '0.2',
      name: 'Registro delle sale',
      url: 'https://git.example.org/provincia-esempio/sale.git',
      licence: 'AGPL-3.0',
      categories: ['resource-management'],
      ipa: 'p_es',
      summaries: { it: 'Prenotare le sale comuni' },
      descriptions: { it: 'Breve.' },
      features: {},
    })
  })

  test('our own file', () => {
    const own = new URL('../../publiccode.yml', import.meta.url)
    expect(practiceIn(readFileSync(own, 'utf8'))).toMatchObject({ licence: 'EUPL-1.2' })
  })

  test('the newer of two IPA codes, and none that is no code', () => {
    const both = { organisation: '{ uri: urn:x-italian-pa:new }', it: '{ riuso: { codiceIPA: old } }' }
    expect(practiceIn(aFile(both)).ipa).toBe('new')
    expect(practiceIn(aFile({ ...both, organisation: '{ uri: "https://example.org" }' })).ipa).toBe('old')
    expect(practiceIn(aFile({ IT: '{ riuso: { codiceIPA: upper } }' })).ipa).toBe('upper')
    expect(practiceIn(aFile({ organisation: '{ uri: "urn:x-italian-pa:<b>" }' })).ipa).toBeUndefined()
  })

  test('a summary longer than the standard allows is kept whole', () => {
    const long = 'parola '.repeat(60).trim()
    const { summaries } = practiceIn(aFile({ description: `{ it: { shortDescription: ${long} } }` }))
    expect(summaries.it).toBe(long)
    expect(long.length).toBeGreaterThan(longestSummary)
  })

  test.each(['0', '0.2', "'0.3.0'", '0.4', '"0.5.0"', '0.5.1'])('version %s is known', version => {
    expect(practiceIn(aFile({ publiccodeYmlVersion: version })).publiccodeVersion).toBe(version.replace(/['"]/g, ''))
  })

  test.each([
    ['2024-02-29', '2024-02-29'],
    ["'2023-02-29'", undefined],
    ['2023-05-04T10:00:00Z', '2023-05-04'],
    ['ieri', undefined],
    ['2023-13-01', undefined],
  ])('released on %s is %s', (written, day) => {
    expect(practiceIn(aFile({ releaseDate: written })).releaseDate).toBe(day)
  })

  test('windows line ends and a byte order mark', () => {
    expect(practiceIn(`\ufeff${aFile().replaceAll('\n', '\r\n')}`).name).toBe('Sportello')
  })

  test('an address that is not for the web is not passed on', () => {
    expect(practiceIn(aFile({ landingURL: '"javascript:alert(1)"' })).landingUrl).toBeUndefined()
  })
})

test('a long description is Markdown: its words are taken, and who stands behind a link is nobody', () => {
  const marked =
    '# Verde\\n\\nSi **segnala** dalla _mappa_:\\n\\n- foto\\n- luogo\\n\\n[Guida](https://docs.example.org) <b>qui</b>, [Ada Rossi](mailto:ada@example.org)'
  const maintenance = '\n  contacts:\n    - { name: Ada Rossi, email: ada@example.org }'
  const description = `{ it: { longDescription: "${marked}" } }`
  const { descriptions } = practiceIn(aFile({ maintenance, description }))
  expect(descriptions.it).toMatch(
    /^Verde\n\nSi segnala dalla mappa:\n\n• foto\n• luogo\n\nGuida \(https:\/\/docs\.example\.org\) <b>qui<\/b>, … \(mailto:…\)$/,
  )
})

describe('the people in a file', () => {
  const people = `
  contacts:
    - { name: Ada Rossi, email: ada@example.org, phone: "+39 075 123456" }
  contractors:
    - { name: Ditta srl, email: ditta@example.org }`
  const person = /ada|rossi|075|ditta@/i

  test('are neither in the result nor in its texts', () => {
    const longDescription = '"Scrivi ad ADA  ROSSI (ada@example.org, +39 075 123456) o a ditta@example.org"'
    const description = `{ it: { longDescription: ${longDescription}, features: [Risponde Ada Rossi] } }`
    const practice = practiceIn(aFile({ maintenance: people, description, softwareVersion: 'ada@example.org' }))
    expect(JSON.stringify(practice).replace('Scrivi ad', '')).not.toMatch(person)
  })

  test('are not in the problems either, wherever they were written', () => {
    const contacts = '\n  contacts:\n    - { name: Ada Rossi, email: &e ada@example.org, Ada Rossi: 1, Ada Rossi: 2 }'
    const text = aFile({ publiccodeYmlVersion: undefined, legal: undefined })
    const rest = `maintenance: ${contacts}\nlegal: { license: *e }\npubliccodeYmlVersion: Ada Rossi\n`
    const problems = problemsIn(text + rest)
    expect(problems.map(({ reason }) => reason)).toEqual(['duplicate', 'unknown-licence', 'unknown-version'])
    expect(JSON.stringify(problems)).not.toMatch(person)
  })

  test('an office that answers for its own software is not a person', () => {
    const description = '{ it: { shortDescription: Fatto dal Comune di Terni e da Regione Umbria } }'
    const maintenance = '{ contacts: [{ name: Comune di Terni }, { name: Regione Umbria }] }'
    const text = aFile({ description, maintenance, organisation: '{ name: Regione Umbria }' })
    expect(practiceIn(text).summaries.it).toBe('Fatto dal Comune di Terni e da Regione Umbria')
  })
})
