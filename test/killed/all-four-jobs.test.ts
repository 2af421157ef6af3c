import { expect, test } from 'vitest'
import { freshDatabase } from '#test/support/database.ts'
import { delivered, killedAtEveryStep, live } from '#test/support/lives.ts'

/** All four jobs, two by two, in as few lines as they take. Every event brings its own id, as a platform's do. */
const jobs = {
  'a request, an onboarding and an announcement': [
    { as: 'reuser', text: 'richiesta', id: 'k01' },
    {
      as: 'reuser',
      answers: { practice: 'P-0001', event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' },
      id: 'k02',
    },
    { as: 'operator', choose: 'laboratories.take', id: 'k03' },
    { as: 'newcomer', join: '#suape', id: 'k04' },
    { as: 'newcomer', choose: 'communities.begin', id: 'k05' },
    { as: 'newcomer', answers: { organization: 'Comune di Terni', role: 'Ufficio', introduce: 'yes' }, id: 'k06' },
    { as: 'provider', text: 'pratica proponi', id: 'k07' },
    {
      as: 'provider',
      answers: {
        title: 'Nuova',
        summary: 'Breve',
        description: 'Lunga',
        provider: 'Comune di Terni',
        community: 'suape',
      },
      id: 'k08',
    },
    { as: 'coordinator', choose: 'practices.publish', id: 'k09' },
  ],
  'a check-in and its digest': [
    { at: '2027-02-01T08:00:00Z' },
    { as: 'reuser', choose: 'checkins.answer', id: 'k10' },
    { as: 'reuser', answers: { status: 'green', support: 'no' }, id: 'k11' },
    { at: '2027-02-09T17:00:00Z' },
  ],
}

// Side by side: each is a process at a time, and there are dozens of them.
test.concurrent.each(Object.entries(jobs))(
  '%s, killed at every commit, every send and every mark as sent, and started again, deliver the same',
  async (_, lines) => {
    const script = lines.map(line => JSON.stringify(line))
    const whole = await live(await freshDatabase('killed'), script, 0)
    expect(whole.killed).toBe(false)
    expect(whole.lines.filter(line => 'error' in line)).toEqual([])

    const lives = await killedAtEveryStep(script)

    expect(lives.length).toBeGreaterThan(40)
    expect(delivered(lives)).toEqual(delivered([whole]))
  },
)
