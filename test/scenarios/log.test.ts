import { expect, test } from 'vitest'
import { openLog } from '#src/cli/log.ts'
import { type Community, community, testInConsole } from '#test/support/community.ts'

interface Line {
  event?: string
  msg: string
  name?: string
  key?: string
}

/** A log that is read instead of printed, at its most talkative. */
function reading() {
  const written: string[] = []
  const log = openLog('trace', { write: (line: string) => void written.push(line) })
  return { log, whole: () => written.join(''), lines: () => written.map((line): Line => JSON.parse(line)) }
}
const publiccode = `publiccodeYmlVersion: "0.4"
name: Ornitorinco
url: https://example.org/ornitorinco
legal: { license: EUPL-1.2 }
description: { it: { shortDescription: Serve a provare } }
`

testInConsole('one id leads from what a person did to every message that came of it', async () => {
  const { log, lines } = reading()
  const bot = await community({ log })
  await bot.reuser.says('richiesta', { id: 'ask' })
  await bot.reuser.answers({ practice: 'P-0001', event: 'reuser_support', need: 'Aiuto', urgency: 'normal' })
  const [handled] = lines().filter(({ event }) => event === 'web:local:ask')
  expect(handled!.msg).toBe('handled')
  await bot.line({ as: 'operator', choose: 'laboratories.take', id: 'take' })
  const its = lines().filter(({ event }) => event === 'web:local:take')
  expect(its.map(({ msg }) => msg)).toEqual(['handled', ...its.slice(1).map(() => 'sent')])
  expect(its.length).toBeGreaterThan(2)
})

testInConsole('also through work that was done outside', async () => {
  const { log, lines } = reading()
  const fetch = async () => ({ ok: true, text: publiccode, address: 'https://example.org/publiccode.yml' })
  const bot = await community({ log, workers: { fetch } })
  await bot.reuser.says('pratica importa https://example.org/publiccode.yml', { id: 'import' })
  const told = lines().filter(({ event }) => event === 'web:local:import')
  expect(told.map(({ msg }) => msg)).toEqual(['handled', 'sent', 'an errand came back', 'sent'])
})

/** Words that would be found again wherever they were repeated. */
const words = ['ornitorinco', 'zibaldone', 'capodoglio', 'baobab', 'girandola', 'tamarindo', 'libellula']

async function talk(bot: Community): Promise<void> {
  const { reuser, operator, coordinator, provider, newcomer } = bot
  await reuser.says('zibaldone')
  await reuser.says('richiesta')
  await reuser.answers({ practice: 'P-0001', event: 'reuser_support', need: 'baobab', urgency: 'high' })
  await operator.presses('laboratories.take')
  await provider.says('pratica proponi')
  const answers = { title: 'capodoglio', summary: 'girandola', description: 'tamarindo' }
  await provider.answers({ ...answers, provider: 'Comune di Terni', community: 'suape' })
  await coordinator.presses('practices.decline')
  await coordinator.answers({ reason: 'libellula' })
  await newcomer.says('pratiche ornitorinco')
  await bot.moveTo('2027-02-09T17:05:00Z')
}

test('nothing that anybody wrote is in the log', async () => {
  const { log, whole, lines } = reading()
  await talk(await community({ log }))
  expect(lines().length).toBeGreaterThan(20)
  for (const word of words) expect(whole().toLowerCase(), word).not.toContain(word)
})

test('not even when something breaks around it, in whatever way errors have of repeating what they were given', () => {
  const { log, whole, lines } = reading()
  const given = (text: string) => {
    try {
      return JSON.parse(text)
    } catch (error) {
      return error
    }
  }
  const query = Object.assign(new Error('Failed query: insert into "x" values (?)\nparams: zibaldone'), {
    params: ['zibaldone'],
    query: 'insert',
  })
  const outer = new Error("could not post 'il baobab è qui'", { cause: new Error('said “capodoglio”') })
  for (const error of [given('"zibaldone'), given('{"a": baobab}'), query, outer, 'libellula']) {
    log.error({ error, event: 'e1' }, 'a handler failed')
  }
  log.warn({ failure: 'invalid_blocks: "tamarindo"\ngirandola' }, 'a message could not be delivered yet')
  for (const word of words) expect(whole(), word).not.toContain(word)
  expect(lines()).toHaveLength(6)
  expect(whole()).toContain('Failed query: insert into')
  expect(whole()).toContain('log.test.ts')
})
