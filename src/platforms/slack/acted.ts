import type { ModalView } from '@slack/types'
import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import { TooLate } from '#src/core/platform.ts'
import { type Bench, placeOf } from './bench.ts'
import { publishHome } from './home.ts'
import { notice } from './modal.ts'
import { before, PATIENCE } from './patience.ts'
import { type Surface, show, update } from './show.ts'

export type Ack = (answer?: { text: string; response_type: 'ephemeral' }) => Promise<void>

/** Somebody acted and is waiting, with a trigger that lives three seconds. */
export interface Acted {
  workspace: string
  user: string
  name: string
  trigger: string
  channel: string | undefined
  /** Builds the event once it is known who and where. */
  event: (member: Member, place: Place) => Promise<Interaction>
  /** Opened before anything slow, when this always asks. */
  opens: boolean
  ack: Ack
  /** Tells her that nothing was taken in. */
  sorry: (text: string) => Promise<unknown>
}

/** Slack forgets the trigger after three seconds: the modal is opened before anything slow. */
export async function acted(bench: Bench, what: Acted): Promise<void> {
  const until = AbortSignal.timeout(PATIENCE)
  const view = what.opens ? openEmpty(what, bench) : undefined
  const written = async () => {
    const member = await bench.people.member(what.workspace, what.user, what.name)
    if (!member) return undefined
    const place = await placeOf(bench, what.channel ?? (await bench.direct(what.user)), what.workspace, member)
    const event = await what.event(member, place)
    return (await bench.intake().accept(event, until)) ? event : undefined
  }
  let event: Interaction | undefined
  try {
    event = await before(until, written())
  } catch (error) {
    if (!(error instanceof TooLate)) bench.log.error({ error }, 'something done in Slack could not be taken in')
    return refused({ what, until, view }, bench)
  }
  // Whatever becomes of the acknowledgement: what is written down is handled.
  if (event) bench.afterwards.add(answered(event, { what, until, view }, bench))
  await what.ack()
}

async function refused({ what, view }: Trail, bench: Bench): Promise<void> {
  const t = bench.intake().t(readerOf(what.user, bench))
  const told = async (): Promise<void> => {
    const open = await view
    if (open) await update(open, notice('tryAgain', t), bench)
  }
  // The modal is told whether or not she could be, and whoever stops the bot waits for it.
  bench.afterwards.add(told())
  await what.sorry(t.plain(t('slack.tryAgain.text')))
}

interface Trail {
  what: Acted
  until: AbortSignal
  view: Promise<string | undefined> | undefined
}
async function answered(event: Interaction, { what, until, view }: Trail, bench: Bench): Promise<void> {
  const live = await bench.intake().handle(event.id)
  const open = await view
  const { member, place, id } = event
  const surface: Surface = { member, place, event: id, trigger: { id: what.trigger, until }, view: open }
  // A trigger opens one modal only.
  await show(live, what.opens ? { member, place, event: id, view: open } : surface, bench)
  if (what.channel === undefined) await publishHome(what.user, member, bench)
}

const readerOf = (user: string, bench: Bench) => bench.people.known(user) ?? bench.home()

async function openEmpty({ trigger, user }: Acted, bench: Bench): Promise<string | undefined> {
  const view: ModalView = notice('wait', bench.intake().t(readerOf(user, bench)))
  try {
    return (await bench.client.views.open({ trigger_id: trigger, view })).view?.id
  } catch (error) {
    bench.log.warn({ error }, 'a modal could not be opened')
    return undefined
  }
}
