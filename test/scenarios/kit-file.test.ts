import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aShell, demo } from '#test/support/shell/shell.ts'

test.each([['chat', '--json', '--kit'], ['apply']])('`bot %s` with a kit that is not there says so', (...words) => {
  const { status, stderr } = spawnSync(process.execPath, ['src/bot.js', ...words, '/non/esiste.yaml'], {
    encoding: 'utf8',
    input: '',
  })
  expect(stderr.trim()).toBe(
    'Non trovo il kit «/non/esiste.yaml». Scrivi il percorso del file, per esempio mia-comunita.yaml.',
  )
  expect(status).toBe(1)
})

test.each(['latin1', 'utf16le'] as const)('a kit in %s is refused, and changes nothing', async encoding => {
  const { bot, path } = aShell()
  const kit = readFileSync(demo, 'utf8')
  writeFileSync(path('kit.yaml'), kit, encoding)
  expect(await bot(['apply', '--yes', 'kit.yaml'])).toEqual({
    code: 1,
    out: '',
    err: 'Il kit «kit.yaml» non è in UTF-8. Salvalo con la codifica UTF-8, poi riprova.\n',
  })
  writeFileSync(path('kit.yaml'), `\uFEFF${kit}`)
  expect((await bot(['apply', '--yes', 'kit.yaml'])).out).toMatch(/\nFatto: /)
})

test('what the kit names no more is said once, and is no change', async () => {
  const { bot, path } = aShell()
  const kit = readFileSync('src/kit/demo/ocpa-umbria.yaml', 'utf8')
  const apply = async (text: string): Promise<string> => {
    writeFileSync(path('kit.yaml'), text)
    return (await bot(['apply', '--yes', 'kit.yaml'])).out
  }
  await apply(kit)
  const without = kit.replace('members: [reuser, provider]', 'members: [reuser]')
  expect(await apply(without)).toMatch(
    /^Nel kit «provider» non è più nella comunità «suape»[^\n]*\nFatto: non ho cambiato niente\.\n$/,
  )
  expect(await apply(without)).toBe("È già tutto come dice il kit: non c'è niente da cambiare.\n")
})
