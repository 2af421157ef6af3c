import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aShell, demo, type Shell } from '#test/support/shell/shell.ts'

const written = join(import.meta.dirname, '../support/publiccode')
/** Perugia's own file, as far as the proposal needs it. */
const ours = (name: string, ipa = 'c_g478') => `publiccodeYmlVersion: "0.4"
name: ${name}
url: https://example.org/${name}
legal:
  license: EUPL-1.2
  repoOwner: Comune di ${name}
description:
  it:
    shortDescription: Serve a provare
it:
  riuso:
    codiceIPA: ${ipa}
`

async function aCommunity(): Promise<Shell> {
  const shell = aShell()
  expect((await shell.bot(['apply', '--yes', demo])).code).toBe(0)
  return shell
}

test('files and folders are proposed; a second run changes nothing', async () => {
  const { bot, path } = await aCommunity()
  mkdirSync(path('repositories/one/.github'), { recursive: true })
  mkdirSync(path('repositories/two'))
  writeFileSync(path('repositories/one/publiccode.yml'), ours('Sportello'))
  writeFileSync(path('repositories/one/.github/publiccode.yml'), 'nothing of ours')
  writeFileSync(path('repositories/one/other.yml'), 'nothing of ours')
  writeFileSync(path('repositories/two/publiccode.yaml'), ours('Terni', 'c_zz99'))
  writeFileSync(path('single.yml'), ours('Agenda'))

  const first = await bot(['import', '--community', 'suape', 'repositories', 'single.yml', 'single.yml'])
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out.split('\n').slice(0, 4)).toEqual([
    'Ho proposto 3 pratiche:',
    '  P-0005 Sportello · Comune di Perugia (repositories/one/publiccode.yml)',
    '  P-0006 Terni · Comune di Terni (repositories/two/publiccode.yaml)',
    '  P-0007 Agenda · Comune di Perugia (single.yml)',
  ])
  const second = await bot(['import', '--community', 'suape', 'repositories', 'single.yml'], { LANG: 'en_US' })
  expect(second.code).toBe(0)
  expect(second.out.split('\n')[0]).toBe('3 were there already:')
  expect(second.out).not.toContain('P-0008')
})

test('what fails says why, by key, line and reason, and takes nothing else with it', async () => {
  const { bot, path } = await aCommunity()
  cpSync(join(written, 'many-problems.yml'), path('wrong.yml'))
  writeFileSync(path('good.yml'), ours('Sportello'))
  writeFileSync(path('nobody.yml'), ours('Nessuno').replace(/it:\n {2}riuso[\s\S]*$/, ''))
  writeFileSync(path('large.yml'), `${ours('Grande')}# ${'x'.repeat(600_000)}`)
  writeFileSync(path('ansi.yml'), ours('Attività'), 'latin1')
  writeFileSync(path('wide.yml'), `\uFEFF${ours('Attività')}`, 'utf16le')
  mkdirSync(path('empty'))
  const { code, out } = await bot(['import', '--community', 'suape', '.', 'empty', 'gone.yml'])
  expect(code).toBe(1)
  expect(out).toContain('Ho proposto una pratica:\n  P-0005 Sportello')
  expect(out).toMatch(/wrong\.yml\n {4}Riga \d+, \w+/)
  expect(out).toContain('nobody.yml\n    Il file non dice il codice IPA')
  expect(out).toContain('large.yml\n    Riga 1: il file è troppo grande')
  for (const name of ['ansi.yml', 'wide.yml'])
    expect(out).toContain(`${name}\n    Il file non è in UTF-8. Salvalo con la codifica UTF-8, poi riprova.`)
  expect(out).toContain("empty\n    In questa cartella non c'è nessun publiccode.yml.")
  expect(out).toContain('gone.yml\n    Non trovo questo file.')

  const given = await bot(['import', '--community', 'suape', '--provider', 'comune di terni', 'nobody.yml'])
  expect(given).toMatchObject({ code: 0 })
  expect(given.out).toContain('P-0006 Nessuno · Comune di Terni')
})

test('addresses that lead nowhere public are refused, and nobody is asked', async () => {
  const { bot } = await aCommunity()
  const addresses = ['http://example.org/publiccode.yml', 'https://127.0.0.1/publiccode.yml', 'https://localhost/a/b']
  const { code, out } = await bot(['import', '--community', 'suape', ...addresses, 'https://[::1]/publiccode.yml'])
  expect(code).toBe(1)
  expect(out).toContain('4 non si possono proporre:')
  expect(out.match(/Sta in una rete privata/g)).toHaveLength(3)
  expect(out).toContain('Porta fuori da https.')
})

test('an address that begins with https and will not do hears what is wrong with it', async () => {
  const { bot } = await aCommunity()
  const addresses = ['https://user:pw@example.org/a', 'https://example.org:8443/a', 'https://']
  const { out } = await bot(['import', '--community', 'suape', ...addresses])
  expect(out).toContain('Contiene un nome utente o una password')
  expect(out).toContain('Usa una porta diversa da quella di https.')
  expect(out).toContain('https://\n    Questo indirizzo non è intero.')
})

test('a community or a provider that is not there: which ones are', async () => {
  const { bot, path } = await aCommunity()
  writeFileSync(path('a.yml'), ours('Sportello'))
  const nowhere = await bot(['import', '--community', 'suap', 'a.yml'])
  expect(nowhere).toMatchObject({ code: 1, out: '' })
  expect(nowhere.err).toBe('Non conosco la comunità «suap». Ci sono: digitale, suape e welfare.\n')
  expect((await bot(['import', '--community', 'suape', '--provider', 'Atlantide', 'a.yml'])).err).toContain('Atlantide')
  const empty = aShell()
  expect((await empty.bot(['import', '--community', 'suape', 'a.yml'])).err).toContain('npm run -s bot -- apply')
})
