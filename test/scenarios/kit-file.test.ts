import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

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
