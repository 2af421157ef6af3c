import { createHash } from 'node:crypto'
import type { ModalView, PlainTextOption } from '@slack/types'
import type { Member, Place } from '#src/core/interaction.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import { type Live, TooLate } from '#src/core/platform.ts'
import { type Bench, happened, placeOf } from './bench.ts'
import { MOST, shorten } from './limits.ts'
import { notice } from './modal.ts'
import { before, PATIENCE, soon } from './patience.ts'
import { readSubmission, readSuggestion, type Submission } from './read.ts'
import { option } from './render.ts'
import { form, show } from './show.ts'

export type Answer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ModalView }
type Ack = (answer?: Answer) => Promise<void>

/** Answers to a modal: what does not pass is told at once, and only then is the database asked for anything. */
export async function submitted(body: unknown, ack: Ack, bench: Bench): Promise<void> {
  const given = readSubmission(body)
  const { carried, raw } = given
  const t = bench.intake().t(carried)
  const problems = bench.intake().check(carried.form, { ...raw, ...given.files }, carried)
  if (Object.keys(problems).length > 0) return ack(errors(problems, given, t))
  const until = AbortSignal.timeout(PATIENCE)
  const taken = await before(until, taking(given, until, bench)).catch(error => {
    if (!(error instanceof TooLate)) bench.log.error({ error }, 'a modal could not be taken in')
    return { problems: { [given.inputs[0] ?? '']: t('slack.tryAgain.form') } }
  })
  return 'problems' in taken ? ack(errors(taken.problems, given, t)) : answer(taken, given, ack, until, bench)
}

interface Taken {
  id: string
  fresh: boolean
  member: Member
  place: Place
}

/** Files first, then the event: what is written down is complete. */
async function taking(
  given: Submission,
  until: AbortSignal,
  bench: Bench,
): Promise<Taken | { problems: Record<string, Markdown> }> {
  const { carried, user } = given
  const workspace = given.team?.id ?? bench.self().workspace
  const member = await bench.people.member(workspace, user.id, user.name)
  if (!member) throw new Error('a bot filled in a form')
  const place = await placeOf(bench, carried.channel ?? (await bench.direct(user.id)), workspace, member)
  const raw = { ...given.raw }
  for (const [name, file] of Object.entries(given.files)) {
    const taken = await bench.files.take(file, member)
    if ('refused' in taken) {
      return { problems: { [name]: bench.intake().t(member)(taken.refused.key, taken.refused.values) } }
    }
    raw[name] = taken.file
  }
  const event = happened(bench, identity(given, bench), member, place)
  const answers = { kind: 'answers' as const, form: carried.form, about: carried.about, raw }
  const fresh = await bench.intake().accept({ ...event, ...answers }, until)
  return { id: event.id, fresh, member, place }
}

/** The same answers sent twice are one event; sent again after a problem, they are another. */
function identity({ view, raw, files }: Submission, { rounds }: Bench): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([raw, files]))
    .digest('base64url')
    .slice(0, 16)
  return `${view.id}:${view.hash}:${digest}:${rounds.get(view.id) ?? 0}`
}

async function answer(taken: Taken, given: Submission, ack: Ack, until: AbortSignal, bench: Bench): Promise<void> {
  if (!taken.fresh) return ack()
  const t = bench.intake().t(taken.member)
  const handling = bench.intake().handle(taken.id)
  const live = await soon(until, handling)
  const shown = live === undefined ? undefined : await soon(until, reply(live, taken, given, bench))
  if (shown !== undefined) return ack(shown === 'closed' ? undefined : shown)
  await ack({ response_action: 'update', view: notice('saving', t) })
  const { member, place, id } = taken
  bench.afterwards.add(handling.then(late => show(late, { member, place, event: id, view: given.view.id }, bench)))
}

async function reply(
  live: Live,
  { member, place }: Taken,
  given: Submission,
  bench: Bench,
): Promise<Answer | 'closed'> {
  if (live.kind === 'silence') return 'closed'
  if (live.kind === 'ask') return { response_action: 'update', view: await form(live, { member, place }, bench) }
  bench.rounds.set(given.view.id, (bench.rounds.get(given.view.id) ?? 0) + 1)
  return errors(live.problems, given, bench.intake().t(member))
}

/** Slack shows an error under a field that it drew; one about anything else stands under the first. */
function errors(problems: Record<string, Markdown>, { inputs }: Submission, t: Translate): Answer {
  const told: Record<string, string> = {}
  for (const [name, problem] of Object.entries(problems)) {
    const under = inputs.includes(name) ? name : (inputs[0] ?? '')
    told[under] = shorten([told[under], t.plain(problem)].filter(Boolean).join(' '), MOST.fieldError)
  }
  return under(told)
    ? { response_action: 'errors', errors: told }
    : { response_action: 'update', view: notice('tryAgain', t) }
}
const under = (told: Record<string, string>): boolean => !('' in told)

/** What a search field finds for what was typed so far. */
export async function suggested(
  body: unknown,
  ack: (found: { options: PlainTextOption[] }) => Promise<void>,
  bench: Bench,
): Promise<void> {
  const { action_id: source, value, user, team } = readSuggestion(body)
  const until = AbortSignal.timeout(PATIENCE)
  const search = async (): Promise<PlainTextOption[]> => {
    const member = await bench.people.member(team?.id ?? bench.self().workspace, user.id, user.name)
    const found = member ? await bench.intake().search(source, value.slice(0, 200), member) : []
    return found.slice(0, MOST.options).map(each => option(each.label, each.value))
  }
  const options = await soon(until, search()).catch(error => {
    bench.log.error({ error, source }, 'a search failed')
    return undefined
  })
  await ack({ options: options ?? [] })
}
