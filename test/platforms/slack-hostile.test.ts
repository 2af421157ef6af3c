import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Form } from '#src/core/form.ts'
import { features } from '#src/features/index.ts'
import { queries } from '#src/storage/database.ts'
import { events } from '#src/storage/schema.ts'
import { hostile } from '#test/support/hostile.ts'
import { type Json, list, words } from '#test/support/slack/draw.ts'
import { clicks, moment, sends, slashes, writes } from '#test/support/slack/hands.ts'
import { type Here, slackHere } from '#test/support/slack/here.ts'

// All in one workspace: what matters is that nothing breaks, that nothing is refused by Slack, and that nothing turns into more
// than the text it is.

const people = ['newcomer', 'reuser', 'provider', 'operator', 'coordinator', 'supplier', 'administrator'] as const
const someone = (at: number): string => people[at % people.length] ?? 'reuser'
const title = '<!channel> @room *a_b* & "x"'
const texts = [title, ...hostile]

const failures = (here: Here): Promise<unknown[]> =>
  here.store.read(tx => queries(tx).select().from(events).where(eq(events.outcome, 'failed')))

/** Everything anybody sees, now and in every earlier version, is text that cannot become anything else. */
async function nothingButText(here: Here): Promise<void> {
  expect(here.rig.api.refused).toEqual([])
  expect(await failures(here)).toEqual([])
  const drawn = JSON.stringify([here.rig.screen.messages, [...here.rig.screen.modals], [...here.rig.screen.homes]])
  expect(drawn).not.toContain('"mrkdwn"')
  for (const { text } of here.rig.screen.messages) expect(text).not.toMatch(/<(?!https?:[^<>\s]+\|)/)
}

test('every command answers whatever follows it', async () => {
  const here = await slackHere()
  let count = 0
  for (const id of here.bot.registry.commands.keys()) {
    const [feature, command] = id.split('.')
    const [names = ''] = here.bot.language.inEveryLanguage(`${feature}.commands.${command}.name`)
    const [name = ''] = names.split('|')
    expect(name).not.toBe('')
    for (const text of texts.filter((_, at) => at % 4 === count % 4)) {
      count += 1
      const person = someone(count)
      const where = count % 2 === 0 ? await here.dm(person) : here.channel('suape')
      const answer = await slashes(here.rig, person, where, `${name.trim()} ${text}`.slice(0, 3500))
      expect(answer).toBeDefined()
    }
  }
  await here.settled()
  await nothingButText(here)
}, 120_000)

test('every choice answers any value, also one that was never offered', async () => {
  const here = await slackHere()
  await here.play({ as: 'newcomer', in: 'dm', text: 'buongiorno' })
  const [message] = await here.inDm('newcomer')
  let count = 0
  for (const action of features.flatMap(({ choices = {} }) => Object.keys(choices))) {
    for (const value of ['', texts[count % texts.length] ?? '', 'x'.repeat(2000)]) {
      count += 1
      const native = { type: 'button', action_id: `${action}#0`, ...(value && { value: value.slice(0, 2000) }) }
      const press = { label: '', action, value, block: `0|${message!.key}`, native }
      expect(await clicks(here.rig, someone(count), message!, press)).toBeDefined()
    }
  }
  for (const selected of ['#999', '', 'nothing at all', '#-1']) {
    const native = { type: 'static_select', action_id: 'menu#0', selected_option: { value: selected } }
    const press = { label: '', action: '', value: '', block: `0|${message!.key}`, native }
    expect(await clicks(here.rig, 'reuser', message!, press)).toBeDefined()
  }
  await here.settled()
  await nothingButText(here)
}, 120_000)

describe('every form tells what is wrong, or takes what it is given', () => {
  const forms = features.flatMap(({ forms = [] }) => forms).map(({ form }) => form)
  /** A modal that somebody made up: Slack tells who sent it, and nothing more is certain. */
  const forged = (form: Form, about: string): Json => ({
    type: 'modal',
    callback_id: 'form',
    private_metadata: JSON.stringify({ form: form.name, about, locale: 'it', timezone: 'Europe/Rome' }),
    blocks: [],
  })
  test('all of them', async () => {
    const here = await slackHere()
    let count = 0
    for (const form of forms) {
      const names = Object.keys(form.fields).filter(name => form.fields[name]?.input.kind !== 'file')
      for (const about of ['', 'suape', 'sportello-unico', 'line:L1T', texts[count % texts.length] ?? '']) {
        count += 1
        const values = Object.fromEntries(
          names.map((name, at) => [
            name,
            { answer: { type: 'plain_text_input', value: texts[(count + at) % texts.length] } },
          ]),
        )
        const modal = here.rig.screen.modal(`V${moment()}`, here.user(someone(count)), forged(form, about))
        const answer = await sends(here.rig, someone(count), modal, values)
        expect(answer).toBeDefined()
        for (const problem of Object.values((answer?.errors as Json | undefined) ?? {}))
          expect(String(problem).length).toBeGreaterThan(8)
      }
    }
    await here.settled()
    await nothingButText(here)
  }, 120_000)
})

test('a practice with a hostile title is that title wherever it appears', async () => {
  const here = await slackHere()
  await here.play({ as: 'provider', in: 'dm', text: 'pratica proponi' })
  const about = { summary: title, description: title, provider: 'Comune di Terni', community: 'suape' }
  await here.play({ as: 'provider', answers: { title, ...about } })
  await here.play({ as: 'coordinator', choose: 'practices.publish' })
  await here.play({ as: 'reuser', choose: 'practices.adopt' })
  await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
  const found: Json[] = []
  here.scene.out = line => void found.push(line)
  await here.play({ as: 'reuser', search: 'practice', text: 'channel' })
  const [option] = list(found.at(-1)?.options)
  expect(String(option?.label)).toContain(title)
  const form = { event: 'reuser_support', need: title, urgency: 'normal', practice: String(option?.value) }
  await here.play({ as: 'reuser', answers: form })
  await here.play({ as: 'operator', choose: 'laboratories.take' })
  await writes(here.rig, 'operator', here.channel('laboratorio'), title, {
    thread: here.inChannel('laboratorio')[0]!.ts,
  })
  await here.play({ as: 'provider', in: 'dm', text: 'pratica modifica P-0005' })
  for (const person of people) await here.rig.event({ type: 'app_home_opened', user: here.user(person), tab: 'home' })
  await here.settled()

  await nothingButText(here)
  const said = (blocks: Json[]): string => blocks.map(words).join('\n')
  expect(said(here.inChannel('suape').at(-1)!.blocks)).toContain(title)
  expect(said(here.inChannel('laboratorio')[0]!.blocks)).toContain(title)
  expect((await here.inDm('reuser')).map(({ blocks }) => said(blocks)).join('\n')).toContain(`> ${title}`)
  expect(here.inChannel('suape').at(-1)!.text).toContain('&lt;!channel&gt; @room *a_b* &amp; "x"')
  for (const person of ['reuser', 'operator', 'provider']) {
    expect(said(list((here.rig.screen.homes.get(here.user(person)) as Json).blocks))).toContain(title)
  }
  const shown = JSON.stringify(here.rig.screen.before(here.user('provider'))?.view)
  expect(shown).toContain(JSON.stringify(title).slice(1, -1))
})
