import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Community, community } from '#test/support/community.ts'

const words = {
  it: {
    propose: 'pratica proponi',
    join: 'entra suape',
    request: 'richiesta',
    solve: 'Fatto insieme',
  },
  en: {
    propose: 'practice propose',
    join: 'join suape',
    request: 'request',
    solve: 'Done together',
  },
}

/** The four jobs, from proposal to digest. */
const jobs: Record<string, (bot: Community, locale: 'it' | 'en') => Promise<void>> = {
  'a practice is proposed, published and adopted': async ({ provider, coordinator, reuser }, locale) => {
    await provider.says(words[locale].propose)
    const practice = {
      title: 'Sportello <aperto> & *chiaro*',
      summary: 'Una porta sola',
      description: 'Un racconto lungo',
    }
    await provider.answers({ ...practice, provider: 'Comune di Terni', community: 'suape' })
    await coordinator.presses('practices.publish')
    await reuser.presses('practices.adopt')
  },
  'somebody joins a community': async ({ newcomer }, locale) => {
    await newcomer.says(words[locale].join)
    await newcomer.presses('communities.begin')
    await newcomer.answers({ organization: 'Comune di Foligno', role: 'Sportello', introduce: 'yes' })
  },
  'a request is answered, solved and rated': async (bot, locale) => {
    const { reuser, operator } = bot
    await reuser.says(words[locale].request)
    await reuser.answers({ event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' })
    await operator.presses('laboratories.take')
    await operator.presses('laboratories.solve')
    await operator.answers({ outcome: words[locale].solve })
    const offered = bot.everything().flatMap(({ choices = [] }) => choices)
    await reuser.presses('laboratories.rate', offered.findLast(({ action }) => action === 'laboratories.rate')?.value)
  },
  'the month is reviewed': async ({ reuser, moveTo }) => {
    await moveTo('2027-02-01T09:00:00Z')
    await reuser.presses('checkins.answer')
    await reuser.answers({ status: 'green', done: 'Primo avvio', next: 'Secondo avvio' })
  },
  'the digest comes': async ({ moveTo }) => {
    await moveTo('2027-02-10T09:00:00Z')
  },
}

/**
 * What everybody saw, place by place: several places are written to at once. What one person alone sees comes where she acted in
 * Slack, and to her direct conversation in the console, which has no channel to come back to.
 */
const told = (bot: Community): string[] =>
  bot
    .everything()
    .filter(({ ref }) => ref)
    .map(shown => ({ ...shown, to: shown.onlyFor ? `dm:${shown.onlyFor}` : shown.to }))
    .toSorted((one, other) => (one.to < other.to ? -1 : Number(one.to > other.to)))
    .map(({ to, text, choices = [], edit }) =>
      [to, edit ? 'changed' : '', text, ...choices.map(({ label }) => `[${label.slice(0, 70)}]`)].join('\n'),
    )

async function opened(mode: 'socket' | 'http' | 'console'): Promise<Community> {
  const suite = process.env.SLACK_MODE
  if (mode === 'console') delete process.env.SLACK_MODE
  else process.env.SLACK_MODE = mode
  try {
    return await community({ lasts: true })
  } finally {
    process.env.SLACK_MODE = suite
  }
}

const people = ['provider', 'coordinator', 'newcomer', 'reuser', 'operator'] as const

describe.each(['it', 'en'] as const)('the four jobs, %s: people see in Slack what the console says', locale => {
  const bots: Partial<Record<'console' | 'socket' | 'http', Community>> = {}
  beforeAll(async () => {
    for (const mode of ['console', 'socket', 'http'] as const) {
      const bot = await opened(mode)
      bots[mode] = bot
      if (locale === 'en') for (const one of people) await bot[one].says('language en')
    }
  }, 60_000)
  afterAll(async () => {
    for (const bot of Object.values(bots)) await bot.close()
  })
  for (const [name, job] of Object.entries(jobs)) {
    test(`${name}, in the console`, () => job(bots.console!, locale))
    test.each(['socket', 'http'] as const)(`${name}, %s`, async mode => {
      await job(bots[mode]!, locale)
      expect(told(bots[mode]!)).toEqual(told(bots.console!))
    })
  }
  test('and it is a whole story', () => {
    const all = told(bots.console!)
    expect(all.length).toBeGreaterThan(25)
    expect(all.some(text => text.startsWith('#coordinamento') && text.includes('gennaio 2027'))).toBe(true)
  })
})
