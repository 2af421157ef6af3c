import { type FormHandler, onSubmit, type World } from '#src/core/feature.ts'
import { type Of, problems, type Reply, say } from '#src/core/interaction.ts'
import { type Content, movePractice, practice, rewritePractice, shown } from '../catalogue/store.ts'
import { edit, withdrawForm } from '../forms.ts'
import { detailsButton, naming, told } from '../messages.ts'
import { type Change, changesBetween, isPending, mayEdit, numberOf } from '../rules.ts'
import type { Practice, PracticeState } from '../schema.ts'
import { standing } from '../standing.ts'
import { notFound, onPractice } from '../subject.ts'
import { redrawReviews, sendForReview, tellChanges, tellProposer, tellWithdrawal } from './circulation.ts'
import { contentOf, editors, whose } from './propose.ts'
import { settled } from './provider.ts'

type From = Of<'command' | 'choice' | 'answers'>
const alive: readonly PracticeState[] = ['proposed', 'changes-asked', 'published']

/** Why she cannot change this practice, if she cannot. */
async function objection(row: Practice, from: From, world: World): Promise<Reply | undefined> {
  const t = world.t(from.member)
  if (!alive.includes(row.state))
    return say(told(t(`practices.already.${row.state}`, naming(row)), detailsButton(t, row.id)))
  if (mayEdit(await standing(world.tx, from.member.id), row)) return undefined
  const { providerName, communityName } = await shown(world.tx, row)
  const text = t('practices.refused.edit', { provider: providerName, community: t.local(communityName) })
  return say(told(text, detailsButton(t, row.id)))
}

export const openEdit = onPractice('edit', async ({ practice: row, from, world }) => {
  const refusal = await objection(row, from, world)
  if (refusal) return refusal
  const { known, options } = await whose(world, from.member, row)
  return {
    kind: 'ask',
    form: edit,
    about: row.id,
    subject: numberOf(row),
    known: { ...known, ...knownOf(row) },
    options,
  }
})

const knownOf = (row: Practice): Record<string, string> => ({
  title: row.title,
  summary: row.summary,
  description: row.description,
  categories: row.categories.join(', '),
  ...(row.kit && { kit: row.kit }),
  ...(row.version && { version: row.version }),
  ...(row.repository && { repository: row.repository }),
  ...(row.licence && { licence: row.licence }),
})

const submitEdit = onSubmit(edit, editors, async (answers, from, world) => {
  const row = await practice(world.tx, from.about)
  if (!row) return say(told(notFound(world.t(from.member), '')))
  const refusal = await objection(row, from, world)
  if (refusal) return refusal
  const whom = await settled(world, answers)
  return whom.ok ? rewrite(row, { ...contentOf(answers), ...whom.given }, from, world) : problems(whom.problems)
})

/** What she left as it was is what it is by now: somebody else may have changed it while the form stood open. */
async function untouched(
  { about, raw, known = {}, member }: Of<'answers'>,
  world: World,
): Promise<Record<string, string>> {
  const row = await practice(world.tx, about)
  if (!row) return raw
  const present = { ...(await whose(world, member, row)).known, ...knownOf(row) }
  const now = ([name, value]: [string, string]): string => (value === known[name] ? (present[name] ?? '') : value)
  return Object.fromEntries(Object.entries(raw).map(each => [each[0], now(each)]))
}

export const onEdit: FormHandler = {
  ...submitEdit,
  run: async (from, world) => submitEdit.run({ ...from, raw: await untouched(from, world) }, world),
}

async function rewrite(row: Practice, content: Content, from: From, world: World): Promise<Reply> {
  const t = world.t(from.member)
  const changes = changesBetween(row, content)
  if (changes.length === 0) return say(told(t('practices.unchanged', naming(row)), detailsButton(t, row.id)))
  const changedAt = world.now.epochMilliseconds
  const again = row.state === 'changes-asked' ? { state: 'proposed' as const, reason: null, reasonBy: null } : {}
  const after = await rewritePractice(world.tx, row.id, [row.state], content, { changedAt, ...again })
  if (!after) return say(told(t('practices.gone')))
  const where = await tellEdit(row, after, changes, from, world)
  return say(told(t(`practices.edited.${where}`, naming(after)), detailsButton(t, row.id)))
}

/** Those who decide hear of a proposal, everybody of what is published; where that was. */
async function tellEdit(row: Practice, after: Practice, changes: readonly Change[], from: From, world: World) {
  if (row.state === 'published') return tellChanges(world, after, changes, from.id)
  if (row.state === 'proposed' && row.community === after.community) await redrawReviews(world, after, from.id)
  else await sendAgain(after, from, world)
  return 'proposed'
}

async function sendAgain(row: Practice, from: From, world: World): Promise<void> {
  await sendForReview(world, row, from.id)
  await tellProposer(world, row, from.member.id, from.id)
}

export const openWithdrawal = onPractice('withdraw', async ({ practice: row, rest, from, world, t }) => {
  const refusal = await objection(row, from, world)
  if (refusal) return refusal
  if (rest === '') return { kind: 'ask', form: withdrawForm, about: row.id, subject: numberOf(row) }
  const reason = withdrawForm.fields.reason.parse(rest)
  return reason.ok ? withdraw(row, reason.value, from, world) : say(told(t(reason.problem.key, reason.problem.values)))
})

export const onWithdrawal = onSubmit(withdrawForm, editors, async ({ reason }, from, world) => {
  const row = await practice(world.tx, from.about)
  if (!row) return say(told(notFound(world.t(from.member), '')))
  return (await objection(row, from, world)) ?? withdraw(row, reason, from, world)
})

async function withdraw(row: Practice, reason: string, from: From, world: World): Promise<Reply> {
  const at = world.now.epochMilliseconds
  const change = { state: 'withdrawn' as const, withdrawnAt: at, changedAt: at, reason, reasonBy: from.member.id }
  const after = await movePractice(world.tx, row.id, [row.state], change)
  const t = world.t(from.member)
  if (!after) return say(told(t('practices.gone')))
  if (isPending(row)) await redrawReviews(world, after, from.id)
  const read = isPending(row) || (await tellWithdrawal(world, after, from.id))
  await tellProposer(world, after, from.member.id, from.id)
  const decided = read ? 'practices.decided.withdrawn' : 'practices.decided.unannounced'
  return say(told(t(decided, naming(after)), detailsButton(t, row.id)))
}
