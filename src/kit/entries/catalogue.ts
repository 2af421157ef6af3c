import {
  type Adoption,
  adoptionsOfPractice,
  practice,
  saveAdoption,
  savePractice,
} from '#src/features/practices/store.ts'
import type { Changes, Entry, Fields } from '../change.ts'
import type { Kit } from '../format.ts'
import type { Scene } from '../merge.ts'
import { dayOf, instantOf } from './days.ts'
import { organizationId } from './people.ts'
import { idOf, personOf } from './programme.ts'

/** What a community starts with. From then on it belongs to people, who change it by talking to the bot. */
export async function catalogue(scene: Scene): Promise<Entry[]> {
  const practices = []
  for (const each of scene.kit.practices) practices.push(await startingPractice(scene, each))
  const adoptions = []
  for (const each of scene.kit.adoptions) adoptions.push(await startingAdoption(scene, each))
  return [...practices, ...adoptions]
}

type Practice = Kit['practices'][number]

async function startingPractice(scene: Scene, said: Practice): Promise<Entry> {
  const { tx, kit, now } = scene
  const { id, ...rest } = said
  const provider = (await organizationId(tx, kit, said.provider)) ?? said.provider
  const published = instantOf(said.published, kit)
  const fields = { ...empty, ...rest, provider }
  return {
    what: 'practice',
    name: id,
    fields,
    theirs: Object.keys(fields),
    find: async () => {
      const row = await practice(tx, id)
      return row && { ...row, published: dayOf(row.publishedAt, kit) }
    },
    save: async changes => {
      const row = await practice(tx, id)
      const content = { ...columns(said), provider, publishedAt: published }
      const start = { id, ...content, state: 'published' as const, proposedAt: published, changedAt: published }
      await savePractice(tx, row ? { ...row, ...news(content, changes), changedAt: now.epochMilliseconds } : start)
    },
  }
}

const empty = { kit: undefined, version: undefined, repository: undefined, licence: undefined }
const columns = ({ kit, version, repository, licence, ...said }: Practice) => {
  const { title, summary, description, community, categories } = said
  const links = { kit: kit ?? null, repository: repository ?? null }
  return {
    title,
    summary,
    description,
    community,
    categories,
    ...links,
    version: version ?? null,
    licence: licence ?? null,
  }
}
type Content = ReturnType<typeof columns> & { provider: string; publishedAt: number }

/** Only what the kit says anew; the rest stays as people have made it. */
const news = (content: Content, changes: Changes): Partial<Content> => ({
  ...(changes('title') && { title: content.title }),
  ...(changes('summary') && { summary: content.summary }),
  ...(changes('description') && { description: content.description }),
  ...(changes('provider') && { provider: content.provider }),
  ...(changes('community') && { community: content.community }),
  ...(changes('kit') && { kit: content.kit }),
  ...(changes('version') && { version: content.version }),
  ...(changes('repository') && { repository: content.repository }),
  ...(changes('licence') && { licence: content.licence }),
  ...(changes('categories') && { categories: content.categories }),
  ...(changes('published') && { publishedAt: content.publishedAt }),
})

async function startingAdoption({ tx, kit }: Scene, said: Kit['adoptions'][number]): Promise<Entry> {
  const organization = await organizationId(tx, kit, said.organization)
  const known = async (): Promise<Adoption | undefined> =>
    (await adoptionsOfPractice(tx, said.practice)).find(each => each.organization === organization)
  const { interested, deploying, in_use, holder, owner } = said
  const fields = { interested, deploying, in_use, holder, owner }
  return {
    what: 'adoption',
    name: said.practice,
    of: said.organization,
    fields,
    theirs: Object.keys(fields),
    find: async () => {
      const row = await known()
      return row && { ...daysOf(row, kit), owner: await personOf(tx, row.owner) }
    },
    save: async changes => {
      const row = await known()
      const day = (field: keyof typeof fields, before: number | null | undefined): number | null =>
        row && !changes(field) ? (before ?? null) : orNothing(said[field], kit)
      const steps = {
        interestedAt: day('interested', row?.interestedAt) ?? instantOf(interested, kit),
        deployingAt: day('deploying', row?.deployingAt),
        inUseAt: day('in_use', row?.inUseAt),
        holderAt: day('holder', row?.holderAt),
      }
      const answers = row && !changes('owner') ? row.owner : await idOf(tx, owner)
      const place = { practice: said.practice, organization: (await organizationId(tx, kit, said.organization)) ?? '' }
      await saveAdoption(tx, {
        id: row ? row.id : `${said.practice}+${said.organization}`,
        ...place,
        ...steps,
        owner: answers,
        state: stateOf(steps),
      })
    },
  }
}

const daysOf = ({ interestedAt, deployingAt, inUseAt, holderAt }: Adoption, kit: Kit): Fields => ({
  interested: dayOf(interestedAt, kit),
  deploying: dayOf(deployingAt, kit),
  in_use: dayOf(inUseAt, kit),
  holder: dayOf(holderAt, kit),
})

/** The last step that has a day. */
function stateOf(steps: Pick<Adoption, 'deployingAt' | 'inUseAt' | 'holderAt'>): Adoption['state'] {
  if (steps.holderAt !== null) return 'holder'
  if (steps.inUseAt !== null) return 'in-use'
  return steps.deployingAt === null ? 'interested' : 'deploying'
}

const orNothing = (day: string | undefined, kit: Kit): number | null => (day === undefined ? null : instantOf(day, kit))
