import { describe, expect, test } from 'vitest'
import { programmeItems } from '#src/features/checkins/store.ts'
import { communitiesOf, membersOf, newMembers } from '#src/features/communities/store.ts'
import { laboratory, services } from '#src/features/laboratories/store.ts'
import { adoptionsOfPractice, publishedPractices } from '#src/features/practices/store.ts'
import { demoKit } from '#src/kit/demo.ts'
import { accountNamed, accountsOf } from '#src/storage/members.ts'
import { placesFor } from '#src/storage/places.ts'
import { anEmptyBot, now } from '#test/support/kits/bot.ts'
import { rewritten, twoCommunities } from '#test/support/kits/kits.ts'

const change = (...changes: [string, string][]): string => rewritten(twoCommunities, ...changes)

describe('a kit', () => {
  test.each([
    ['the demo', demoKit()],
    ['another region', twoCommunities],
  ])('%s is applied as planned; a second time there is nothing to do', async (_, text) => {
    const bot = await anEmptyBot()
    const planned = await bot.plans(text)

    expect(await bot.read(tx => services(tx))).toEqual([])
    expect(await bot.applies(text)).toEqual(planned)
    expect(planned.length).toBeGreaterThan(20)
    expect(await bot.plans(text)).toEqual([])
    expect(await bot.applies(text)).toEqual([])
  })

  test('the demo community is there, with everyone where she belongs', async () => {
    const bot = await anEmptyBot()
    await bot.applies(demoKit())
    const [reuser, provider, newcomer] = await Promise.all(['reuser', 'provider', 'newcomer'].map(bot.id))

    await bot.read(async tx => {
      expect(await communitiesOf(tx, reuser!)).toEqual(['suape'])
      expect(await communitiesOf(tx, newcomer!)).toEqual([])
      expect((await membersOf(tx, 'suape')).map(({ id }) => id)).toEqual([reuser, provider].toSorted())
      expect(await newMembers(tx, now, now.add({ hours: 24 }))).toEqual(new Map())
      expect((await accountNamed(tx, 'web', 'local', 'reuser'))?.id).toBe(reuser)
      expect((await placesFor(tx, 'coordinators')).map(({ id, feast }) => [id, feast])).toEqual([
        ['#coordinamento', '01-29'],
      ])
      expect(
        (await adoptionsOfPractice(tx, 'sportello-unico')).map(each => [each.organizationName, each.state, each.owner]),
      ).toEqual([
        ['Comune di Perugia', 'deploying', reuser],
        ['Comune di Terni', 'holder', null],
      ])
      expect(new Set((await publishedPractices(tx)).map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4]))
      expect((await programmeItems(tx)).filter(({ owner }) => owner === reuser).map(({ id }) => id)).toEqual([
        'L2T',
        'A4',
        'A6',
        'A13',
      ])
    })
  })

  test('what is not said is the programme’s; a laboratory knows practices by number', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    await bot.read(async tx => {
      expect(await laboratory(tx, 'officina')).toMatchObject({
        timezone: 'Europe/Vienna',
        feast: '08-10',
        covers: { practices: ['P-0001', 'P-0042'] },
      })
      const places = await placesFor(tx, 'community', 'anagrafe')
      expect(places.map(({ platform, workspace, id, locale }) => [platform, workspace, id, locale])).toEqual([
        ['slack', 'T1', 'C3', 'en'],
        ['matrix', 'valle.example', '#anagrafe:valle.example', 'en'],
      ])
    })
  })
})

describe('one thing changes in the file, and exactly that changes', () => {
  test.each([
    ['audience: 40', 'audience: 45', 'Cambio la comunità «anagrafe»: audience (era: 40; sarà: 45)'],
    ['    territory: Le due valli\n', '', 'Cambio la comunità «anagrafe»: territory (era: Le due valli; sarà: niente)'],
    [
      'en: First meetings }, owner: bruno',
      'en: First meetings }, owner: anna',
      'Cambio l’azione V1.1: owner (era: bruno; sarà: anna)',
    ],
    [
      'high: 2, normal: 6',
      'high: 3, normal: 6',
      'Cambio il laboratorio «officina»: targets (era: {"high":2,"normal":6,"low":12}; sarà: {"high":3,"normal":6,"low":12})',
    ],
    [
      'name: Comune di Colle',
      'name: Comune di Colle Alto',
      'Cambio l’ente «colle»: name (era: Comune di Colle; sarà: Comune di Colle Alto)',
    ],
    [
      'deploying: 2026-04-01',
      'deploying: 2026-04-02',
      'Cambio il riuso di «certificati» per «colle»: deploying (era: 2026-04-01; sarà: 2026-04-02)',
    ],
    [
      'title: Certificati in',
      'title: Certificati anche in',
      'Cambio la buona pratica «certificati»: title (era: Certificati in un minuto; sarà: Certificati anche in un minuto)',
    ],
    ['slack: T1/U2', 'slack: T1/U9', 'Cambio la persona «bruno»: slack (era: T1/U2; sarà: T1/U9)'],
    ['slack: T1/C3', 'slack: T1/C9', 'Cambio il canale o la stanza «anagrafe»: slack (era: T1/C3; sarà: T1/C9)'],
    ['members: [anna]', 'members: [anna, bruno]', '«bruno» entra nella comunità «biblioteche»'],
    ['coordinators: [anna]', 'coordinators: [anna, bruno]', '«bruno» coordina la comunità «anagrafe»'],
    ['operators: [bruno]', 'operators: []', '«bruno» non lavora più nel laboratorio «officina»'],
    ['BYDAY=TU;BYHOUR=9', 'BYDAY=WE;BYHOUR=9', 'Cambio il programma «Valli aperte»: schedules'],
    [
      '  - { place: piazza, slack: T1/C1 }\n',
      '  - { place: piazza, slack: T1/C1, web: "#piazza" }\n',
      'Cambio il canale o la stanza «piazza»: web (era: niente; sarà: #piazza)',
    ],
  ])('%s → %s', async (from, to, line) => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    const text = change([from, to])

    expect(await bot.plans(text)).toEqual([expect.stringContaining(line)])
    expect(await bot.applies(text)).toEqual([expect.stringContaining(line)])
    expect(await bot.plans(text)).toEqual([])
  })

  test('an account or an address that the kit takes back is nobody’s', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    await bot.applies(change(['slack: T1/U2', 'slack: T1/U9'], ['slack: T1/C3', 'slack: T1/C9']))
    const bruno = await bot.id('bruno')
    await bot.read(async tx => {
      expect((await accountsOf(tx, bruno)).map(({ account }) => account)).toEqual(['U9'])
      expect(new Set((await placesFor(tx, 'community', 'anagrafe')).map(({ id }) => id))).toEqual(
        new Set(['#anagrafe:valle.example', 'C9']),
      )
    })
  })

  test('an address that is put back as it was is where the community is written to again', async () => {
    const bot = await anEmptyBot()
    const corrected = change(['slack: T1/C3', 'slack: T1/C9'])
    await bot.applies(twoCommunities)
    await bot.applies(corrected)

    const line = 'Cambio il canale o la stanza «anagrafe»: slack (era: T1/C9; sarà: T1/C3)'
    expect(await bot.applies(twoCommunities)).toEqual([line])
    expect(await bot.plans(twoCommunities)).toEqual([])
    expect(await bot.read(async tx => (await placesFor(tx, 'community', 'anagrafe')).map(({ id }) => id))).toEqual([
      'C3',
      '#anagrafe:valle.example',
    ])
    expect(await bot.applies(corrected)).toHaveLength(1)
  })
})
