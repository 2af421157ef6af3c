import { describe, expect, test } from 'vitest'
import { programmeItems } from '#src/features/checkins/store.ts'
import { communitiesOf, community, leave } from '#src/features/communities/store.ts'
import { services } from '#src/features/laboratories/store.ts'
import { adoptionsOfPractice, practice, saveAdoption, savePractice } from '#src/features/practices/store.ts'
import { accountNamed, changeMember, eraseMember, memberNamed, memberOf } from '#src/storage/members.ts'
import { findOrganizations, organization, organizationNamed } from '#src/storage/organizations.ts'
import { boundPlace, placesFor, savePlace } from '#src/storage/places.ts'
import { hasRole } from '#src/storage/roles.ts'
import { anEmptyBot, now } from '#test/support/kits/bot.ts'
import { rewritten, twoCommunities } from '#test/support/kits/kits.ts'

const change = (...changes: [string, string][]): string => rewritten(twoCommunities, ...changes)

describe('what people made stays', () => {
  test('a practice they proposed, and what they changed in one of the kit’s', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    await bot.write(async tx => {
      const row = (await practice(tx, 'certificati'))!
      await savePractice(tx, { ...row, summary: 'Scritto da chi cede.' })
      const { number: _, ...rest } = row
      await savePractice(tx, { ...rest, id: 'of-people', title: 'Di chi lavora' })
    })
    expect(await bot.applies(change(['audience: 40', 'audience: 41']))).toHaveLength(1)
    await bot.read(async tx => {
      expect((await practice(tx, 'certificati'))?.summary).toBe('Scritto da chi cede.')
      expect((await practice(tx, 'of-people'))?.number).toBe(2)
    })
  })

  test('how far an adoption has come, and what a place is for', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    await bot.write(async tx => {
      const [row] = await adoptionsOfPractice(tx, 'certificati')
      const { number: _, title: __, organizationName: ___, ...adoption } = row!
      await saveAdoption(tx, { ...adoption, state: 'in-use', inUseAt: now.epochMilliseconds })
      const place = (await boundPlace(tx, { platform: 'slack', workspace: 'T1', id: 'C1' }))!
      await savePlace(tx, { ...place, purpose: 'community', scope: 'biblioteche' })
    })
    expect(await bot.plans(twoCommunities)).toEqual([])
    await bot.applies(
      rewritten(twoCommunities, ['{ place: piazza, slack: T1/C1 }', '{ place: piazza, slack: T1/C1, locale: it }']),
    )
    await bot.read(async tx => {
      expect((await adoptionsOfPractice(tx, 'certificati')).map(({ state }) => state)).toEqual(['in-use'])
      expect(await placesFor(tx, 'programme')).toEqual([])
    })
  })

  test('a language they chose; and nobody who left is brought back', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    const anna = await bot.id('anna')
    await bot.write(async tx => {
      await changeMember(tx, anna, { locale: 'it', name: 'Anna' })
      await leave(tx, anna, 'biblioteche', now)
    })
    expect(await bot.plans(twoCommunities)).toEqual([])
    expect(await bot.applies(change(['name: Ufficio Anagrafe', 'name: Ufficio di Stato civile']))).toEqual([
      'Cambio la persona «anna»: name (era: Anna; sarà: Ufficio di Stato civile)',
    ])
    expect((await bot.read(tx => memberNamed(tx, 'anna')))?.locale).toBe('it')
    expect(await bot.read(tx => communitiesOf(tx, anna))).toEqual([])
  })

  test('who asked to be forgotten is not brought back by a file that still names her', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    const bruno = await bot.id('bruno')
    await bot.write(tx => eraseMember(tx, bruno, now))

    await bot.applies(twoCommunities)
    await bot.read(async tx => {
      expect(await memberNamed(tx, 'bruno')).toBeUndefined()
      expect(await accountNamed(tx, 'slack', 'T1', 'U2')).toBeUndefined()
      expect((await programmeItems(tx)).find(({ id }) => id === 'V1.1')?.owner).toBeNull()
    })
    expect(await bot.plans(twoCommunities)).toEqual([])
  })

  test('what the kit names no more is left as it is, and said once', async () => {
    const bot = await anEmptyBot()
    await bot.applies(twoCommunities)
    const shorter = change(
      ['  - { id: visit, name: { it: Visita, en: Visit } }\n', ''],
      ['services: [advice, visit]', 'services: [advice]'],
    )
    expect(await bot.applies(shorter)).toEqual([
      'Cambio l’evento «question»: services (era: ["advice","visit"]; sarà: ["advice"])',
      'Nel kit non c’è più il servizio «visit»: lascio tutto com’è',
    ])
    expect((await bot.read(tx => services(tx))).map(({ id }) => id)).toEqual(['advice', 'visit'])
    expect(await bot.plans(shorter)).toEqual([])
  })
})

describe('somebody whom the kit names no more', () => {
  const everywhere: [string, string] = ['members: [anna]', 'members: [anna, carla]']
  const carla: [string, string] = [
    '    accounts: { slack: T1/U2 }\n',
    '    accounts: { slack: T1/U2 }\n  - { person: carla, name: Carla }\n',
  ]

  test('as a member: it is said once, and she stays in the community', async () => {
    const bot = await anEmptyBot()
    await bot.applies(change(carla, everywhere))
    expect(await bot.applies(change(carla))).toEqual([
      'Nel kit «carla» non è più nella comunità «biblioteche»: lascio tutto com’è',
    ])
    const id = await bot.id('carla')
    expect(await bot.read(tx => communitiesOf(tx, id))).toEqual(['biblioteche'])
    expect(await bot.plans(change(carla))).toEqual([])
  })

  test('at all: it is said once, of whoever has not asked to be forgotten', async () => {
    const bot = await anEmptyBot()
    await bot.applies(change(carla, everywhere))
    const line = 'Nel kit non c’è più la persona «carla»: lascio tutto com’è'
    expect(await bot.plans(twoCommunities)).toEqual([line])
    expect(await bot.applies(twoCommunities)).toEqual([line])
    expect(await bot.plans(twoCommunities)).toEqual([])

    await bot.applies(change(carla, everywhere))
    const id = await bot.id('carla')
    await bot.write(tx => eraseMember(tx, id, now))
    expect(await bot.applies(twoCommunities)).toEqual([])
  })
})

describe('the kit recognises whom the bot has met before', () => {
  test('an organization by its IPA code or its name', async () => {
    const bot = await anEmptyBot()
    const [byCode, byName] = await bot.write(async tx => [
      await organizationNamed(tx, { name: 'Unione Valle', ipa: 'UV_VALLE' }),
      await organizationNamed(tx, { name: 'comune di  Colle' }),
    ])
    await bot.applies(twoCommunities)
    await bot.read(async tx => {
      expect(await organization(tx, byCode!.id)).toMatchObject({ name: 'Unione della Valle', ipa: 'uv_valle' })
      expect(await organization(tx, byName!.id)).toMatchObject({ name: 'Comune di Colle', ipa: 'c_z001' })
      expect(await findOrganizations(tx, 'valle')).toHaveLength(1)
      expect((await memberNamed(tx, 'bruno'))?.organization).toBe(byName!.id)
    })
    expect(await bot.plans(twoCommunities)).toEqual([])
  })

  test('a person by her account: she keeps her name', async () => {
    const bot = await anEmptyBot()
    const met = await bot.write(tx =>
      memberOf(
        tx,
        { platform: 'slack', workspace: 'T1', account: 'U1', name: 'Anna R.', timezone: 'Europe/Paris' },
        now,
      ),
    )
    await bot.applies(twoCommunities)
    await bot.read(async tx => {
      expect(await memberNamed(tx, 'anna')).toMatchObject({ id: met.id, name: 'Anna R.', timezone: 'Europe/Paris' })
      expect((await memberNamed(tx, 'anna'))?.organization).toBe('valle')
      expect(await hasRole(tx, met.id, 'coordinator', 'anagrafe')).toBe(true)
      expect((await community(tx, 'anagrafe'))?.audience).toBe(40)
    })
    expect(await bot.plans(twoCommunities)).toEqual([])
  })
})
