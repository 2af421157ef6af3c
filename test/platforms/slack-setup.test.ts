import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkedSlack } from '#src/cli/slack.ts'
import { readSettings } from '#src/config.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { events } from '#src/platforms/slack/heard.ts'
import { eventNeeds, needs, scopes } from '#src/platforms/slack/scopes.ts'
import { placesOn } from '#src/storage/places.ts'
import { slackHere } from '#test/support/slack/here.ts'

const manifest = parse(readFileSync('docs/slack/manifest.yaml', 'utf8'))
const code = globSync('src/platforms/slack/*.ts')
  .map(file => readFileSync(file, 'utf8'))
  .join('\n')
const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const silent = { info: () => {}, warn: () => {}, error: () => {} }

test('the manifest asks for exactly what the code calls and hears', () => {
  const called = new Set([...code.matchAll(/client\s*\.(\w+\.\w+)\(/g)].map(([, method]) => method))
  expect(called).toEqual(new Set(Object.keys(needs)))
  const asked: string[] = manifest.settings.event_subscriptions.bot_events
  expect(new Set(asked)).toEqual(new Set(Object.keys(eventNeeds)))
  expect(new Set(asked.map(name => name.split('.')[0]))).toEqual(new Set(Object.keys(events)))
  const used = [...Object.values(needs), ...Object.values(eventNeeds), ['commands']].flat()
  const granted: string[] = manifest.oauth_config.scopes.bot
  expect(new Set(granted)).toEqual(new Set(used))
  expect(new Set(Object.keys(scopes))).toEqual(new Set(granted))
})

describe('bot doctor', () => {
  const told = async (given: readonly string[], change: Record<string, string> = {}) => {
    const here = await slackHere({ mode: 'socket', scopes: given })
    const { token, appToken } = here.rig.bot
    const settings = readSettings({
      SLACK_BOT_TOKEN: token,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: here.rig.api.url,
      ...change,
    })
    const places = await here.store.read(tx => placesOn(tx, 'slack'))
    const findings = await checkedSlack(settings, { places, log: silent, now: Temporal.Now.instant }, t)
    return { here, wrong: findings.filter(({ ok }) => !ok).map(({ text }) => t.plain(text)), findings }
  }
  const all = Object.keys(scopes)

  test('everything as it should be', async () => {
    const { wrong, findings } = await told(all)
    expect(wrong).toEqual([])
    expect(findings.length).toBeGreaterThan(8)
  })

  test.each(all)('without %s it says so, and what it is for', async scope => {
    const { wrong } = await told(all.filter(each => each !== scope))
    expect(wrong[0]).toMatch(new RegExp(`manca il permesso ${scope}\\. Serve per \\S+`))
  })

  test('a wrong token, a wrong socket, a clock that is off', async () => {
    expect((await told(all, { SLACK_BOT_TOKEN: 'xoxb-wrong' })).wrong.join()).toContain(
      'SLACK_BOT_TOKEN (invalid_auth)',
    )
    expect((await told(all, { SLACK_APP_TOKEN: 'xapp-wrong' })).wrong.join()).toContain(
      'SLACK_APP_TOKEN (invalid_auth)',
    )
    expect((await told(all, { SLACK_API_URL: 'http://127.0.0.1:9/api/' })).wrong.join()).toContain('raggiungere Slack')
  })

  test('a channel that was archived', async () => {
    const { here } = await told(all)
    await here.rig.as('reuser', 'conversations.archive', { channel: here.channel('suape') })
    const settings = readSettings({
      SLACK_BOT_TOKEN: here.rig.bot.token,
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: here.rig.api.url,
    })
    const late = () => Temporal.Now.instant().add({ minutes: 3 })
    const places = await here.store.read(tx => placesOn(tx, 'slack'))
    const findings = await checkedSlack(settings, { places, log: silent, now: late }, t)
    const wrong = findings
      .filter(({ ok }) => !ok)
      .map(({ text }) => t.plain(text))
      .join()
    expect(wrong).toContain('il canale suape è archiviato')
    expect(wrong).toMatch(/sbagliato di 1[78]\d secondi/)
  })
})
