import { onSubmit, type Role, type World } from '#src/core/feature.ts'
import { line } from '#src/core/fields.ts'
import type { Answers, Option } from '#src/core/form.ts'
import { type Member, type Of, problems, type Reply, say } from '#src/core/interaction.ts'
import { communities, communitiesOf } from '#src/features/communities/store.ts'
import { organization } from '#src/storage/organizations.ts'
import { addProposal, type Content, shown } from '../catalogue/store.ts'
import { longest, proposal } from '../forms.ts'
import { detailsButton, editButton, naming, told } from '../messages.ts'
import { insiders, mayReview } from '../rules.ts'
import type { Practice } from '../schema.ts'
import { standing } from '../standing.ts'
import { sendForReview } from './circulation.ts'
import { decisions } from './messages.ts'
import { settled } from './provider.ts'

export const proposers = insiders
/** Who may change what is proposed: it stays hers when she leaves. */
export const editors: readonly Role[] = [...proposers, 'proposer']

export async function openProposal(from: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(from.member)
  const { economicOperator, organization: own } = await standing(world.tx, from.member.id)
  if (economicOperator) return say(told(t('practices.refused.economic-operator')))
  const { known, options } = await whose(world, from.member, { provider: own ?? undefined })
  if (options.community.length === 0) return say(told(t('practices.noCommunities')))
  // What follows the command is most likely the title.
  const title = line(longest.title).parse(from.text)
  return {
    kind: 'ask',
    form: proposal,
    about: '',
    known: { ...known, ...(title.ok && { title: title.value }) },
    options,
  }
}

/** The communities to choose from, and a provider by name. Somebody in one community most likely means that one. */
export async function whose(
  { tx, t }: World,
  reader: Member,
  given: { provider?: string | undefined; community?: string | undefined },
): Promise<{ known: Record<string, string>; options: { community: Option[]; provider?: Option[] } }> {
  const all = await communities(tx)
  const [only, second] = await communitiesOf(tx, reader.id)
  const chosen = given.community ?? (second ? undefined : only)
  const provider = given.provider ? await organization(tx, given.provider) : undefined
  return {
    known: { ...(provider && { provider: provider.id }), ...(chosen && { community: chosen }) },
    options: {
      community: all.map(({ id, name }) => ({ value: id, label: t(reader).local(name) })),
      ...(provider && { provider: [{ value: provider.id, label: provider.name }] }),
    },
  }
}

/** The form's answers as they are stored. */
export const contentOf = (answers: Answers<typeof proposal.fields> & { version?: string | undefined }): Content => ({
  title: answers.title,
  summary: answers.summary,
  description: answers.description,
  provider: answers.provider,
  community: answers.community,
  kit: answers.kit ?? null,
  version: answers.version ?? null,
  repository: answers.repository ?? null,
  licence: answers.licence ?? null,
  categories: answers.categories,
})

export const onProposal = onSubmit(proposal, proposers, async (answers, from, world) => {
  const whose = await settled(world, answers)
  return whose.ok ? propose({ ...contentOf(answers), ...whose.given }, from, world) : problems(whose.problems)
})

/** Puts a proposal down, sends it to those who decide, and gives its number at once. */
export async function propose(content: Content, from: Of<'answers'>, world: World): Promise<Reply> {
  const row = await addProposal(world.tx, content, from.member.id, world.now)
  await sendForReview(world, row, from.id)
  return said(row, from.member, world)
}

async function said(row: Practice, reader: Member, world: World): Promise<Reply> {
  const t = world.t(reader)
  const community = t.local((await shown(world.tx, row)).communityName)
  const decides = mayReview(await standing(world.tx, reader.id), row)
  const next = decides ? decisions(t, row.id).slice(0, 1) : []
  const text = t('practices.proposed', { ...naming(row), community })
  return say(told(text, ...next, detailsButton(t, row.id), editButton(t, row.id)))
}
