import type { Allowed, Command, World } from '#src/core/feature.ts'
import { tidy } from '#src/core/fields.ts'
import { type Of, type Reply, say } from '#src/core/interaction.ts'
import { type Act, rate, reopen, take } from './acts.ts'
import { askFor, type FormName, forms } from './forms.ts'
import { note } from './messages.ts'
import { followers } from './opening.ts'
import type { Action } from './rules.ts'
import { type Subject, subject, subjectNamed } from './subject.ts'
import { askText, writeByCommand } from './writing.ts'

const staff = ['operator', 'coordinator'] as const
type Doing = (on: Act, world: World, typed: string) => Promise<Reply>

/** The same act, by a button or by a command with the request's number. */
const byChoice =
  (action: Action, act: Doing): Allowed<Of<'choice'>>['run'] =>
  async ({ member, value }, world) => {
    const found = await subject(member, value, action, world)
    return found.ok ? act({ request: found.request, side: found.side, by: member }, world, '') : found.reply
  }
const byCommand =
  (action: Action, act: Doing): Command['run'] =>
  async ({ member, text }, world) => {
    const found = await subjectNamed(member, text, action, world)
    return found.ok ? act({ request: found.request, side: found.side, by: member }, world, found.rest) : found.reply
  }

const asking =
  (form: FormName): Doing =>
  ({ request, by }, world, typed) =>
    askFor(form, request, by, world, typed)

const acts: Record<'take' | 'question' | 'transfer' | 'solve' | 'cancel', Doing> = {
  take,
  question: asking('question'),
  transfer: asking('transfer'),
  solve: asking('solve'),
  cancel: asking('cancel'),
}

/** `richiesta riapri R-2027-0001 ...`: what she wrote with it goes with it. */
async function reopenByCommand(event: Of<'command'>, world: World): Promise<Reply> {
  const found = await subjectNamed(event.member, event.text, 'reopen', world)
  if (!found.ok) return found.reply
  const on = { request: found.request, side: found.side, by: event.member }
  return reopen(on, world, { text: tidy(found.rest), file: event.file, event: event.id })
}

const RATING = /^[1-5]$/

/** `<id>:4` on a button: the offer becomes the thanks. */
async function rateByChoice({ member, value }: Of<'choice'>, world: World): Promise<Reply> {
  const at = value.lastIndexOf(':')
  const found = await subject(member, value.slice(0, at), 'rate', world)
  return rated(found, value.slice(at + 1), { member }, world)
}
async function rateByCommand({ member, text }: Of<'command'>, world: World): Promise<Reply> {
  const found = await subjectNamed(member, text, 'rate', world)
  return rated(found, found.rest, { member }, world)
}
async function rated(
  found: Subject,
  given: string,
  { member }: Pick<Of<'choice'>, 'member'>,
  world: World,
): Promise<Reply> {
  if (!found.ok) return found.reply
  if (!RATING.test(given)) return say(note(world.t(member)('laboratories.needsNumber.rate')))
  return rate({ request: found.request, side: found.side, by: member }, Number(given), world)
}

async function askComment({ member, value }: Of<'choice'>, world: World): Promise<Reply> {
  const found = await subject(member, value, 'rate', world)
  return found.ok
    ? { kind: 'ask', form: forms.comment, about: found.request.id, subject: found.request.number }
    : found.reply
}

export const choices: Record<string, Allowed<Of<'choice'>>> = {
  'laboratories.take': { for: staff, run: byChoice('take', acts.take) },
  'laboratories.question': { for: staff, run: byChoice('question', acts.question) },
  'laboratories.transfer': { for: staff, run: byChoice('transfer', acts.transfer) },
  'laboratories.solve': { for: staff, run: byChoice('solve', acts.solve) },
  // Whose request it is decides, also when she has left every community meanwhile.
  'laboratories.cancel': { for: ['anyone'], run: byChoice('cancel', acts.cancel) },
  'laboratories.reopen': { for: ['anyone'], run: byChoice('reopen', (on, world) => reopen(on, world)) },
  'laboratories.rate': { for: ['anyone'], run: rateByChoice },
  'laboratories.comment': { for: ['anyone'], run: askComment },
  'laboratories.write': { for: ['anyone'], run: askText },
}

export const commands: Record<string, Command> = {
  take: { for: staff, run: byCommand('take', acts.take) },
  question: { for: staff, run: byCommand('question', acts.question) },
  transfer: { for: staff, run: byCommand('transfer', acts.transfer) },
  solve: { for: staff, run: byCommand('solve', acts.solve) },
  cancel: { for: followers, run: byCommand('cancel', acts.cancel) },
  reopen: { for: followers, run: reopenByCommand },
  write: { for: followers, run: writeByCommand },
  rate: { for: followers, run: rateByCommand },
}
