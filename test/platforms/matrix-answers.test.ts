import { expect, test } from 'vitest'
import { besideTheConsole } from '#test/support/matrix/beside.ts'

test('a number pressed by mistake is corrected by pressing another, and what comes after it is asked again', async () => {
  const { says, presses, last, dm, told, room } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001']) await says('reuser', line)
  const which = last(dm('reuser'))
  await presses('reuser', 1, which)
  expect(last(dm('reuser')).body).toContain('domanda 3 di 5')

  await presses('reuser', 2, which)
  expect(last(dm('reuser')).body).toContain('domanda 3 di 5')
  for (const line of ['Serve una mano', 'tieni', 'salta']) await says('reuser', line)

  const second = /^2\. (.+)$/m.exec(which.body)?.[1]
  expect(told(room('laboratorio'))[0]?.body).toContain(`Evento: ${second}`)
})

test('a number under a question that is over answers no other', async () => {
  const { says, presses, last, dm } = await besideTheConsole()
  for (const line of ['richiesta', 'P-0001']) await says('reuser', line)
  const which = last(dm('reuser'))
  for (const line of ['annulla', 'pratica proponi']) await says('reuser', line)
  expect(last(dm('reuser')).body).toContain('domanda 1 di')

  await presses('reuser', 1, which)

  expect(last(dm('reuser')).body).toMatch(/^Quella domanda non è più aperta/)
  expect(last(dm('reuser')).body).not.toContain('domanda 2 di')
})
