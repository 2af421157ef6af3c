import { onSubmit, type World } from '#src/core/feature.ts'
import { type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Message, Translate } from '#src/core/message.ts'
import { movePractice, practice, shown } from '../catalogue/store.ts'
import { changesForm, declineForm } from '../forms.ts'
import { detailsButton, editButton, naming, told } from '../messages.ts'
import { isPending, mayReview, numberOf } from '../rules.ts'
import type { Practice } from '../schema.ts'
import { standing } from '../standing.ts'
import { type About, notFound, onPractice } from '../subject.ts'
import { announce, redrawReviews, tellProposer } from './circulation.ts'

type Verdict = 'published' | 'changes-asked' | 'declined'
type From = Of<'command' | 'choice' | 'answers'>

/** Why this cannot be decided here and now, if it cannot. */
async function objection(row: Practice, from: From, verdict: Verdict, world: World): Promise<Reply | undefined> {
  const t = world.t(from.member)
  if (!mayReview(await standing(world.tx, from.member.id), row)) {
    const community = t.local((await shown(world.tx, row)).communityName)
    return say(told(t('practices.refused.review', { community }), detailsButton(t, row.id)))
  }
  return isPending(row) && row.state !== verdict ? undefined : say(standsNow(t, row))
}

/** Somebody was faster, or it was decided long ago. */
const standsNow = (t: Translate, row: Practice) =>
  told(t(`practices.already.${row.state}`, naming(row)), detailsButton(t, row.id))

async function decide(
  row: Practice,
  verdict: Verdict,
  reason: string | null,
  from: From,
  world: World,
): Promise<Reply> {
  const at = world.now.epochMilliseconds
  const moved = await movePractice(
    world.tx,
    row.id,
    verdict === 'changes-asked' ? ['proposed'] : ['proposed', 'changes-asked'],
    {
      state: verdict,
      changedAt: at,
      reason,
      reasonBy: reason === null ? null : from.member.id,
      ...(verdict === 'published' && { publishedAt: at }),
    },
  )
  const t = world.t(from.member)
  if (!moved) return say(standsNow(t, (await practice(world.tx, row.id)) ?? row))
  if (verdict === 'published') await announce(world, moved)
  await redrawReviews(world, moved, from.id)
  await tellProposer(world, moved, from.member.id, from.id)
  return say(decided(t, moved, verdict))
}

/** A proposal that came from the shell has nobody who would read the reason: whoever decides can change it. */
function decided(t: Translate, row: Practice, verdict: Verdict): Message {
  if (row.proposer !== null || verdict === 'published')
    return told(t(`practices.decided.${verdict}`, naming(row)), detailsButton(t, row.id))
  const change = verdict === 'changes-asked' ? [editButton(t, row.id)] : []
  return told(t(`practices.decided.unproposed.${verdict}`, naming(row)), ...change, detailsButton(t, row.id))
}

export const publish = onPractice(
  'publish',
  async ({ practice: row, from, world }) =>
    (await objection(row, from, 'published', world)) ?? decide(row, 'published', null, from, world),
)

/** The reason may follow the number; when it does not, it is asked. */
const explained =
  (verdict: 'changes-asked' | 'declined') =>
  async ({ practice: row, rest, from, world, t }: About): Promise<Reply> => {
    const refusal = await objection(row, from, verdict, world)
    if (refusal) return refusal
    const form = verdict === 'declined' ? declineForm : changesForm
    if (rest === '') return { kind: 'ask', form, about: row.id, subject: numberOf(row) }
    const reason = form.fields.reason.parse(rest)
    return reason.ok
      ? decide(row, verdict, reason.value, from, world)
      : say(told(t(reason.problem.key, reason.problem.values)))
  }
export const askChanges = onPractice('changes', explained('changes-asked'))
export const decline = onPractice('decline', explained('declined'))

const answered =
  (verdict: 'changes-asked' | 'declined') =>
  async ({ reason }: { reason: string }, from: Of<'answers'>, world: World) => {
    const row = await practice(world.tx, from.about)
    if (!row) return say(told(notFound(world.t(from.member), '')))
    return (await objection(row, from, verdict, world)) ?? decide(row, verdict, reason, from, world)
  }
export const onChanges = onSubmit(changesForm, ['coordinator'], answered('changes-asked'))
export const onDecline = onSubmit(declineForm, ['coordinator'], answered('declined'))
