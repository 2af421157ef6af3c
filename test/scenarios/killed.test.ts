import { expect, test } from 'vitest'
import { freshDatabase } from '#test/support/database.ts'
import { delivered, killedAtEveryStep, live } from '#test/support/lives.ts'

// The four jobs are killed in test/killed, which takes minutes; this is its seconds-long likeness.
/** A request, from the form to the laboratory: every event brings its own id, as a platform's do. */
const script = [
  { as: 'reuser', text: 'richiesta', id: 'k01' },
  { as: 'reuser', answers: { event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' }, id: 'k02' },
  { at: '2027-01-11T10:00:00Z' },
].map(line => JSON.stringify(line))

test('killed at every commit, every send and every mark as sent, and started again, it delivers the same', {
  timeout: 300_000,
}, async () => {
  const whole = await live(await freshDatabase('killed'), script, 0)
  expect(whole.killed).toBe(false)
  expect(whole.lines.filter(line => 'error' in line)).toEqual([])

  const lives = await killedAtEveryStep(script)

  expect(lives.length).toBeGreaterThan(10)
  expect(delivered(lives)).toEqual(delivered([whole]))
})
