import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { demoKit } from '#src/kit/demo.ts'
import { aShell } from '#test/support/shell/shell.ts'

const verbs = ['start', 'chat', 'apply', 'import', 'doctor', 'outbox', 'backup', 'restore', 'export']

test('help in both languages: the setting decides, else the terminal, else Italian', async () => {
  const { bot } = aShell()
  const italian = await bot(['--help'])
  expect(italian).toMatchObject({ code: 0, err: '' })
  expect(italian.out).toContain('Uso: bot [opzioni] [comando]')
  for (const verb of verbs) expect(italian.out).toMatch(new RegExp(`^ {2}${verb} `, 'm'))

  expect(italian.out).toMatch(/^ {2}export \[opzioni\] <cartella> /m)

  const english = await bot(['--help'], { LANG: 'en_US.UTF-8' })
  expect(english.out).toContain('Usage: bot [options] [command]')
  expect(english.out).not.toMatch(/Uso|Opzioni|mostra/)
  expect((await bot(['--help'], { LANG: 'en_US.UTF-8', DEFAULT_LOCALE: 'it' })).out).toContain('Uso:')
  expect((await bot(['import', '--help'], { LC_ALL: 'en_GB.UTF-8', LANG: 'it_IT' })).out).toContain('Usage: bot import')
  expect((await bot(['--help'], { LANG: 'C' })).out).toContain('Uso:')
})

test('help and version need no settings that are right', async () => {
  const { bot } = aShell()
  expect(await bot(['--version'], { PORT: 'many' })).toMatchObject({ code: 0, out: '0.1.0\n', err: '' })
  expect((await bot(['--help'], { PORT: 'many' })).code).toBe(0)
})

test('what was not understood is said in one sentence, and ends with 2', async () => {
  const { bot } = aShell()
  const said = async (...args: string[]) => {
    const { code, out, err } = await bot(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    return err
  }
  expect(await said('doctr')).toBe('Non conosco il comando «doctr». Forse volevi dire: doctor?\n')
  expect(await said('frobnicate')).toBe(
    'Non conosco il comando «frobnicate». Con «npm run -s bot -- --help» li vedi tutti.\n',
  )
  expect(await said('chat', '--jsn')).toBe("Non conosco l'opzione «--jsn». Forse volevi dire: --json?\n")
  expect(await said('apply')).toBe('Manca «kit». Con «--help» vedi come si scrive il comando.\n')
  expect(await said('import', 'x.yml')).toBe("Manca l'opzione «--community <id>».\n")
  expect(await said('outbox', 'pippo')).toContain('Non conosco il comando «pippo».')
  expect(await said('outbox', 'retri')).toBe('Non conosco il comando «retri». Forse volevi dire: retry?\n')
  expect(await said('chat', '--at')).toBe('Dopo «--at <istante>» manca il valore.\n')
  expect(await said('outbox', '--only', 'x')).toContain('«x» non va bene per --only <stato>.')
  expect(await said('chat', '--db')).toBe('Dopo «--db <file>» manca il valore.\n')
  expect(await said('backup', 'a', 'b')).toContain('Hai scritto qualcosa di troppo')
  expect((await bot(['doctr'], { LANG: 'en_US.UTF-8' })).err).toContain('Did you mean doctor?')
})

test('what went wrong is said in one sentence without a stack, and ends with 1', async () => {
  const { bot, path } = aShell()
  writeFileSync(path('broken.db'), 'this is no database, and long enough to be looked at')
  const said = async (args: string[], settings: Record<string, string> = {}) => {
    const { code, out, err } = await bot(args, settings)
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
    return err
  }
  expect(await said(['apply', 'missing.yaml'])).toContain('Non trovo il kit «missing.yaml»')
  expect(await said(['chat', '--kit', 'missing.yaml'])).toContain('Non trovo il kit «missing.yaml»')
  expect(await said(['restore', 'missing.db'])).toContain('Non trovo missing.db.')
  expect(await said(['backup', 'b.db'])).toContain("non c'è ancora una base dati")
  expect(await said(['chat', '--json', '--db', 'broken.db'])).toContain('non è una base dati')
  const { code, err } = await bot(['backup', 'b.db'], { DEFAULT_TIMEZONE: 'Mars/Olympus' })
  expect(code).toBe(1)
  expect(err).toMatch(/npm run -s bot -- doctor.*\nDEFAULT_TIMEZONE: Scrivi un fuso orario/)
  expect((await bot(['start'], { PORT: 'abc' })).err).toContain('\nPORT: Scrivi un numero da 0 a 65535')
})

test('one trial at a time on its file, whatever port a second one has; and it says that DATABASE_URL does not count', async () => {
  const { bot, running } = aShell()
  const first = running(['start'], { PORT: '0' })
  await first.complains(/la prova, che sta in data\/demo\.db: DATABASE_URL non conta/)
  await first.says(/per provare la comunità dimostrativa/)

  const second = await bot(['start'], { PORT: '0', DATABASE_URL: '' })
  expect(second).toMatchObject({ code: 1, out: '' })
  expect(second.err).toMatch(/^Un altro bot lavora già su data\/demo\.db: .*\n$/)

  await first.stop()
  await running(['start'], { PORT: '0' }).says(/per provare la comunità dimostrativa/)
})

test('a kit that was applied to the trial is still there when it starts again', async () => {
  const { bot, running, path } = aShell()
  const first = running(['start'], { PORT: '0' })
  await first.says(/per provare la comunità dimostrativa/)
  await first.stop()
  writeFileSync(path('kit.yaml'), demoKit().replaceAll('Comune di Perugia', 'Città di Perugia'))
  const applied = await bot(['apply', 'kit.yaml', '--yes'], { DATABASE_URL: 'file:data/demo.db' })
  expect(applied).toMatchObject({ code: 0, err: '' })

  const address = await running(['start'], { PORT: '0' }).says(/(http:\S+\d)/)
  expect(await (await fetch(`${address}/as/reuser/in/dm`)).text()).toContain('Città di Perugia')
})
