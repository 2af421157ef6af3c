import { expect, test } from 'vitest'
import { besideTheConsole } from '#test/support/matrix/beside.ts'

test('a file is fetched and kept; one that is too large is refused before', async () => {
  const { says, last, dm, server } = await besideTheConsole()
  server.files.set('mxc://example.org/atto', Buffer.from('Atto'))
  const file = { msgtype: 'm.file', body: 'atto.txt', url: 'mxc://example.org/atto' }

  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni']) await says('reuser', line)
  await says('reuser', '', { content: { ...file, info: { size: 99_000_000 } } })
  expect(last(dm('reuser')).body).toContain('Il file è troppo grande')
  await says('reuser', '', { content: file })
  expect(last(dm('reuser')).body).toContain('R-2027-0001')
})

const lost = { msgtype: 'm.file', body: 'atto.txt', url: 'mxc://example.org/atto' }
const cannot = 'Non riesco a prendere il file. Mandalo di nuovo, per favore.'

test('a file that is not there is asked for again, and the form stays open', async () => {
  const { says, last, dm, server } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni']) await says('reuser', line)

  await says('reuser', '', { content: lost })
  expect(last(dm('reuser')).body).toBe(cannot)

  server.files.set(lost.url, Buffer.from('Atto'))
  await says('reuser', '', { content: lost })
  expect(last(dm('reuser')).body).toContain('R-2027-0001')
})

/** She asked for help, and writes in the thread below. */
async function inThread() {
  const { says, last, told, dm, room, server } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await says('reuser', line)
  server.files.set(lost.url, Buffer.from('Atto'))
  const thread = { 'm.relates_to': { rel_type: 'm.thread', event_id: last(dm('reuser')).id } }
  return {
    sends: async (body: string, failures: number) => {
      for (let each = 0; each < failures; each += 1) server.cut('download', lost.url)
      await says('reuser', '', { content: { ...lost, ...thread, filename: 'atto.txt', body } })
    },
    reuser: () => told(dm('reuser')).map(({ body }) => body),
    laboratory: () => told(room('laboratorio')).map(({ body }) => body),
  }
}

test('a file that could not be fetched twice is fetched', async () => {
  const { sends, reuser, laboratory } = await inThread()

  await sends('Ecco il registro', 2)

  expect(laboratory().slice(-2)).toEqual([expect.stringContaining('Ecco il registro'), 'File allegato'])
  expect(reuser()).not.toContain(cannot)
})

test('after the third time she is told, and what she wrote beside it reaches the laboratory', async () => {
  const { sends, reuser, laboratory } = await inThread()

  await sends('Ecco il registro', 3)

  expect(laboratory().at(-1)).toContain('Ecco il registro')
  expect(reuser()).toContain(cannot)
})
