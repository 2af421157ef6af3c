import type { Tx } from '#src/core/feature.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import {
  accountNamed,
  accountsOf,
  addAccount,
  addMember,
  changeMember,
  dropAccount,
  type MemberRow,
  member,
  memberNamed,
} from '#src/storage/members.ts'
import { recognised, saveOrganization } from '#src/storage/organizations.ts'
import type { Changes, Entry, Fields, Told } from '../change.ts'
import type { Kit } from '../format.ts'
import { identities, type Native, written } from '../identities.ts'
import type { Scene } from '../merge.ts'

/** An organization that people have named before is the same when its IPA code is, or its name. */
export const organizations = ({ tx, kit }: Scene): Entry[] =>
  kit.organizations.map(({ id, name, ipa, kind }) => ({
    what: 'organization',
    name: id,
    fields: { name, ipa, kind },
    find: () => recognised(tx, { id, name, ipa }),
    save: async () => {
      const known = await recognised(tx, { id, name, ipa })
      await saveOrganization(tx, { id: known?.id ?? id, name, ipa: ipa ?? null, kind })
    },
  }))

/** The row behind a short name of the kit. */
export async function organizationId(tx: Tx, kit: Kit, name: string | undefined): Promise<string | undefined> {
  const said = kit.organizations.find(({ id }) => id === name)
  return said && (await recognised(tx, said))?.id
}

type Person = Kit['people'][number]

/** Her name, language, zone and organization are hers once she is there: she may have changed them herself. */
export async function people({ tx, kit, now }: Scene): Promise<Entry[]> {
  const named = new Set(kit.people.map(({ person }) => person))
  const entries = []
  for (const person of kit.people) {
    const organization = await organizationId(tx, kit, person.organization)
    const { locale = kit.programme.locale, timezone = kit.programme.timezone } = person
    const her = { name: person.name, organization: organization ?? person.organization, locale, timezone }
    entries.push({
      what: 'person' as const,
      name: person.person,
      fields: { person: person.person, ...her, ...accountsIn(person) },
      theirs: ['name', 'organization', 'locale', 'timezone'],
      find: async (told: Told) => {
        const row = await known(tx, person, named)
        return row && { ...row, ...(await accountsOn(tx, row.id, person, told)) }
      },
      save: async (changes: Changes, found: Fields | undefined) => {
        const row = await known(tx, person, named)
        const whole = { ...her, person: person.person, organization: organization ?? null }
        const id = row?.id ?? (await addMember(tx, whole, now))
        if (row) await changeMember(tx, id, { ...news(whole, changes), person: person.person })
        await changeAccounts(tx, id, person, found)
      },
    })
  }
  return entries
}

const news = <Row extends Record<string, string | null>>(row: Row, changes: Changes): Record<string, string | null> =>
  Object.fromEntries(Object.entries(row).filter(([field]) => changes(field)))

/** By her short name, else by an account that nobody else of the kit has. */
async function known(tx: Tx, { person, accounts }: Person, named: ReadonlySet<string>): Promise<MemberRow | undefined> {
  const before = await memberNamed(tx, person)
  if (before) return before
  for (const { platform, workspace, address } of identities(accounts)) {
    const seen = await accountNamed(tx, platform, workspace, address)
    const row = seen && (await member(tx, seen.id))
    if (row && !(row.person !== null && named.has(row.person))) return row
  }
  return undefined
}

const platforms = ['slack', 'matrix', 'web'] as const
const accountsIn = ({ accounts }: Person): Fields =>
  Object.fromEntries(platforms.map(platform => [platform, accounts[platform] && written(accounts[platform])]))

const nativeOf = ({
  platform,
  workspace,
  account,
}: {
  platform: PlatformName
  workspace: string
  account: string
}): Native => ({
  platform,
  workspace,
  address: account,
})

/** For each platform the account that the kit gives her, or the one that an earlier kit gave. Others are her own doing. */
async function accountsOn(tx: Tx, id: string, person: Person, told: Told): Promise<Fields> {
  const hers = (await accountsOf(tx, id)).map(nativeOf)
  const wanted = accountsIn(person)
  return Object.fromEntries(
    platforms.map(platform => {
      const here = hers.filter(each => each.platform === platform).map(written)
      return [platform, here.find(each => each === wanted[platform]) ?? here.find(each => told(platform, each))]
    }),
  )
}

async function changeAccounts(tx: Tx, id: string, person: Person, found: Fields | undefined): Promise<void> {
  const wanted = accountsIn(person)
  for (const account of (await accountsOf(tx, id)).filter(each => found?.[each.platform] === written(nativeOf(each))))
    if (found?.[account.platform] !== wanted[account.platform]) await dropAccount(tx, account.id)
  for (const { platform, workspace, address: account } of identities(person.accounts))
    if (found?.[platform] !== wanted[platform]) await addAccount(tx, id, { platform, workspace, account, name: '' })
}
