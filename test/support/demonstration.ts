import type { Tx } from '#src/core/feature.ts'
import * as communities from '#src/features/communities/store.ts'
import { queries } from '#src/storage/database.ts'
import { newId } from '#src/storage/ids.ts'
import { addAccount, grant } from '#src/storage/members.ts'
import { organizationNamed } from '#src/storage/organizations.ts'
import { savePlace } from '#src/storage/places.ts'
import { members } from '#src/storage/schema.ts'
import { saveSetting, setting } from '#src/storage/settings.ts'

// Provisional: the demo community until the kit can be applied.
export async function demonstration(tx: Tx, now: Temporal.Instant): Promise<void> {
  if (await setting(tx, 'programme')) return
  await saveSetting(tx, 'programme', {
    name: { it: 'OCPA Umbria' },
    locale: 'it',
    timezone: 'Europe/Rome',
    schedules: {},
    welcomeAtDoor: false,
  })
  for (const [id, name] of [
    ['suape', 'SUAPE, Ambiente, Energia e Territorio'],
    ['welfare', 'Welfare'],
    ['digitale', 'Transizione digitale'],
  ] as const)
    await communities.saveCommunity(tx, {
      id,
      name: { it: name, en: name },
      audience: 92,
      territory: 'Umbria',
      controller: 'Regione Umbria',
      privacyContact: 'privacy@example.org',
    })
  const perugia = await organizationNamed(tx, { name: 'Comune di Perugia', ipa: 'c_g478' })
  const terni = await organizationNamed(tx, { name: 'Comune di Terni', ipa: 'c_l117' })
  const firm = await organizationNamed(tx, { name: 'Fornitore dimostrativo', kind: 'economic-operator' })
  const people: [string, string, string | null, [string, string][]][] = [
    ['reuser', 'Sportello Perugia', perugia.id, []],
    ['provider', 'Sportello Terni', terni.id, []],
    ['operator', 'Tecnica Laboratorio', null, [['operator', 'laboratorio-umbria']]],
    [
      'coordinator',
      'Regia Umbria',
      null,
      [
        ['coordinator', 'suape'],
        ['coordinator', 'welfare'],
        ['coordinator', 'digitale'],
      ],
    ],
    ['supplier', 'Fornitore Demo', firm.id, [['economic-operator', '']]],
    ['newcomer', 'Nuovo Arrivo', null, []],
    ['administrator', 'Sala Macchine', null, [['administrator', '']]],
  ]
  for (const [person, name, organization, roles] of people) {
    const id = newId()
    await queries(tx).insert(members).values({
      id,
      person,
      name,
      locale: 'it',
      timezone: 'Europe/Rome',
      organization,
      createdAt: now.epochMilliseconds,
    })
    await addAccount(tx, id, { platform: 'web', workspace: 'local', account: person, name })
    for (const [role, scope] of roles) await grant(tx, id, role as 'operator', scope, now)
    if (person === 'reuser' || person === 'provider') await communities.enroll(tx, id, 'suape', now)
  }
  const places: [string, 'programme' | 'community' | 'laboratory' | 'coordinators', string][] = [
    ['ocpa', 'programme', ''],
    ['suape', 'community', 'suape'],
    ['welfare', 'community', 'welfare'],
    ['digitale', 'community', 'digitale'],
    ['laboratorio', 'laboratory', 'laboratorio-umbria'],
    ['coordinamento', 'coordinators', ''],
  ]
  for (const [name, purpose, scope] of places)
    await savePlace(tx, {
      name,
      platform: 'web',
      workspace: 'local',
      address: `#${name}`,
      locale: 'it',
      timezone: 'Europe/Rome',
      feast: null,
      purpose,
      scope,
    })
}
