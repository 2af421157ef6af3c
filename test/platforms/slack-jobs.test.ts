import { expect, test } from 'vitest'
import { type Community, community } from '#test/support/community.ts'

const words = {
  it: {
    propose: 'pratica proponi',
    join: 'entra suape',
    request: 'richiesta',
    solve: 'Fatto insieme',
    month: 'gennaio 2027',
  },
  en: {
    propose: 'practice propose',
    join: 'join suape',
    request: 'request',
    solve: 'Done together',
    month: 'January 2027',
  },
}

/** The four jobs, from proposal to digest. */
async function jobs(bot: Community, locale: 'it' | 'en'): Promise<void> {
  const { provider, coordinator, newcomer, reuser, operator } = bot
  const say = words[locale]
  if (locale === 'en')
    for (const one of [provider, coordinator, newcomer, reuser, operator]) await one.says('language en')

  await provider.says(say.propose)
  const practice = {
    title: 'Sportello <aperto> & *chiaro*',
    summary: 'Una porta sola',
    description: 'Un racconto lungo',
  }
  await provider.answers({ ...practice, provider: 'Comune di Terni', community: 'suape' })
  await coordinator.presses('practices.publish')
  await reuser.presses('practices.adopt')

  await newcomer.says(say.join)
  await newcomer.presses('communities.begin')
  await newcomer.answers({ organization: 'Comune di Foligno', role: 'Sportello', introduce: 'yes' })

  await reuser.says(say.request)
  await reuser.answers({ event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' })
  await operator.presses('laboratories.take')
  await operator.presses('laboratories.solve')
  await operator.answers({ outcome: say.solve })
  await reuser.presses(
    'laboratories.rate',
    bot
      .everything()
      .flatMap(({ choices = [] }) => choices)
      .findLast(({ action }) => action === 'laboratories.rate')?.value,
  )

  await bot.moveTo('2027-02-01T09:00:00Z')
  await reuser.presses('checkins.answer')
  await reuser.answers({ status: 'green', done: 'Primo avvio', next: 'Secondo avvio' })
  await bot.moveTo('2027-02-10T09:00:00Z')
}

/**
 * What everybody saw, and who saw it. What one person alone sees comes where she acted in Slack, and to her direct
 * conversation in the console, which has no channel to come back to.
 */
const told = (bot: Community): string[] =>
  bot
    .everything()
    .filter(({ ref }) => ref)
    .map(({ to, text, choices = [], edit, onlyFor }) =>
      [
        onlyFor ? `dm:${onlyFor}` : to,
        edit ? 'changed' : '',
        text,
        ...choices.map(({ label }) => `[${label.slice(0, 70)}]`),
      ].join('\n'),
    )

for (const locale of ['it', 'en'] as const) {
  for (const mode of ['socket', 'http'] as const) {
    test(`the four jobs in Slack, ${mode}, ${locale}: the transcript says what the console's says`, async () => {
      delete process.env.SLACK_MODE
      const console = await community()
      await jobs(console, locale)
      process.env.SLACK_MODE = mode
      const slack = await community()
      await jobs(slack, locale)

      expect(told(console).length).toBeGreaterThan(25)
      expect(told(console).some(text => text.startsWith('#coordinamento') && text.includes(words.it.month))).toBe(true)
      expect(told(slack)).toEqual(told(console))
    })
  }
}
