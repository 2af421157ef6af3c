import type { ModalView } from '@slack/types'
import type { Option } from '#src/core/form.ts'
import type { Member, Place } from '#src/core/interaction.ts'
import type { Live, OpenForm } from '#src/core/platform.ts'
import type { Bench } from './bench.ts'
import { type Asking, modalOf, notice } from './modal.ts'
import { post } from './post.ts'

/** Where a live answer can appear: a modal that is open already, one that can still be opened, or neither. */
export interface Surface {
  view?: string | undefined
  /** A trigger, and the signal that it is no longer worth trying. */
  trigger?: { id: string; until: AbortSignal }
  member: Member
  place: Place
  /** The event that is answered. */
  event: string
}

/** Shows what came back live. A form that no modal can be opened for waits behind a button. */
export async function show(live: Live, surface: Surface, bench: Bench): Promise<void> {
  const { view } = surface
  if (live.kind === 'silence') {
    if (view) await update(view, notice('done', bench.intake().t(surface.member)), bench)
    return
  }
  const drawn = await form(live, surface, bench)
  if (view) return update(view, drawn, bench)
  if (!(await opened(drawn, surface, bench))) await waiting(live.form, surface, bench)
}

/** The modal of what is asked, with the problems of the last attempt. */
export async function form(
  live: Exclude<Live, { kind: 'silence' }>,
  { member, place }: Pick<Surface, 'member' | 'place'>,
  bench: Bench,
): Promise<ModalView> {
  const asking: Asking = {
    t: bench.intake().t(member),
    found: await foundIn(live.form, member, bench),
    ...(!place.direct && { channel: place.id }),
    ...(live.kind === 'problems' && { problems: live.problems }),
  }
  return modalOf(live.form, asking)
}

/** What search fields hold already: a value finds itself first, and words that find one thing only are that thing. */
export async function foundIn({ questions }: OpenForm, member: Member, bench: Bench): Promise<Record<string, Option>> {
  const all: Record<string, Option> = {}
  for (const { name, source, known, options = [] } of questions) {
    const told = options.find(({ value }) => value === known)
    const looked = told ? [told] : source && known ? await bench.intake().search(source, known, member) : []
    const [first, second] = looked
    if (first && (first.value === known || first.label === known || !second)) all[name] = first
  }
  return all
}

async function opened(view: ModalView, { trigger }: Surface, { client, log }: Bench): Promise<boolean> {
  if (!trigger || trigger.until.aborted) return false
  try {
    await client.views.open({ trigger_id: trigger.id, view })
    return true
  } catch (error) {
    log.warn({ error }, 'a modal could not be opened')
    return false
  }
}

/** Changes an open modal. She may have closed it: then there is nothing left to change. */
export async function update(view: string, drawn: ModalView, { client, log }: Bench): Promise<void> {
  try {
    await client.views.update({ view_id: view, view: drawn })
  } catch (error) {
    log.warn({ error }, 'a modal could not be changed')
  }
}

async function waiting({ name }: OpenForm, { member, place, event }: Surface, bench: Bench): Promise<void> {
  const t = bench.intake().t(member)
  const text = t('slack.open.text')
  const choice = { label: t('slack.open.button'), action: OPEN, value: name, style: 'primary' as const }
  const message = {
    summary: text,
    blocks: [
      { type: 'text' as const, text },
      { type: 'choices' as const, choices: [choice] },
    ],
  }
  const only = place.direct ? {} : { onlyFor: member.id }
  await post(message, { to: place, key: `open:${event}`, ...only }, bench.posting)
}
/** Our own action: it opens the form that waits, and no feature hears of it. */
export const OPEN = 'slack.open'
