import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import type { Intake, Live, OpenForm } from '#src/core/platform.ts'
import type { Problem } from '#src/core/form.ts'
import { directPlace, dmOf, WORKSPACE } from './adapter.ts'
import { type Line, readLine } from './read.ts'
import type { Printed, Transcript } from './transcript.ts'

/** What the console needs of the bot it speaks to. */
export interface Stage {
  intake: Intake
  transcript: Transcript
  now: () => Temporal.Instant
  /** Moves the clock, running everything that falls due on the way; a text when it cannot. */
  moveTo: (at: Temporal.Instant) => Promise<string | undefined>
  /** Everything due by now is done. */
  settle: () => Promise<void>
  /** The member behind a person of the kit; undefined when nobody has that name. */
  person: (account: string) => Promise<Member | undefined>
  /** Whether there is such a place. */
  placeExists: (id: string) => Promise<boolean>
  /** Those a person is in: her own messages, and the places she entered. */
  presence: { of(account: string): Promise<string[]>; enter(account: string, place: string): Promise<void>; leave(account: string, place: string): Promise<void> }
  nextEventId: () => Promise<string>
  largestFile: number
  out: (line: object) => void
}
type Acting = Exclude<Line, { kind: 'at' }>
type Wrong = string | undefined

/** Plays one line; the sentence that says why, when it was not understood. */
export async function play(written: string, stage: Stage): Promise<Wrong> {
  const line = readLine(written)
  if (line.kind === 'wrong') return line.reason
  const wrong = line.kind === 'at' ? await moved(line.at, stage) : await acted(line, stage)
  if (wrong === undefined) await stage.settle()
  return wrong
}

async function moved(at: string, stage: Stage): Promise<Wrong> {
  let instant: Temporal.Instant
  try {
    instant = Temporal.Instant.from(at)
  } catch {
    return `"${at}" is not an instant; write it like 2027-02-01T08:00:00Z`
  }
  return stage.moveTo(instant)
}

async function acted(line: Acting, stage: Stage): Promise<Wrong> {
  const member = await stage.person(line.as)
  if (!member) return `nobody here is called "${line.as}"`
  switch (line.kind) {
    case 'text':
      return wrote(line, member, stage)
    case 'choose':
    case 'pick':
      return pressed(line, member, stage)
    case 'answers':
      return answered(line, member, stage)
    case 'search':
      return searched(line, member, stage)
    case 'join':
    case 'leave':
      return walked(line, member, stage)
  }
}

const event = async (line: Acting, member: Member, place: Place, stage: Stage) => ({
  id: `web:${WORKSPACE}:${line.id ?? (await stage.nextEventId())}`,
  at: stage.now(),
  member,
  place,
})
const dm = (line: Acting, member: Member): Place => directPlace(line.as, member)
const shared = (id: string, stage: Stage): Promise<Place> => stage.intake.place('web', WORKSPACE, id)

async function give(happened: Interaction, to: string, stage: Stage): Promise<Wrong> {
  if (!(await stage.intake.accept(happened))) return undefined
  show(await stage.intake.handle(happened.id), to, stage)
  return undefined
}

async function wrote(line: Line & { kind: 'text' }, member: Member, stage: Stage): Promise<Wrong> {
  const direct = line.in === 'dm' || line.in === dmOf(line.as)
  if (!direct && !(await stage.placeExists(line.in))) return `there is no place called "${line.in}"`
  const root = line.thread === undefined ? undefined : stage.transcript.byRef(line.thread)
  if (line.thread !== undefined && !root) return `there is no message "${line.thread}"`
  const file = line.file === undefined ? {} : await taken(line.file, member, stage)
  if (typeof file === 'string') return file
  const happened = await event(line, member, direct ? dm(line, member) : await shared(line.in, stage), stage)
  const read = root ? { kind: 'said' as const, text: line.text } : stage.intake.read(line.text)
  return give({ ...happened, ...file, ...read, ...(root && { thread: root.key }) }, dmOf(line.as), stage)
}

/** A file by its path: taken in, refused as too large, or not there. */
async function taken(path: string, member: Member, stage: Stage): Promise<{ file?: string; refused?: Problem } | string> {
  if (!existsSync(path) || !statSync(path).isFile()) return `there is no file "${path}"`
  if (statSync(path).size > stage.largestFile) return { refused: tooLarge(stage) }
  return { file: await stage.intake.keep({ name: basename(path), type: 'application/octet-stream', bytes: readFileSync(path) }, member) }
}
const tooLarge = ({ largestFile }: Stage): Problem => ({ key: 'core.problems.tooLarge', values: { most: Math.floor(largestFile / 1024 / 1024) } })

async function pressed(line: Line & { kind: 'choose' | 'pick' }, member: Member, stage: Stage): Promise<Wrong> {
  const places = await stage.presence.of(line.as)
  const sees = (message: Printed): boolean =>
    message.onlyFor ? message.onlyFor === line.as : message.to === dmOf(line.as) || places.includes(message.to)
  const wanted = (choice: Printed['choices'][number] | undefined): boolean =>
    line.kind === 'pick' ? choice !== undefined : choice?.action === line.choose && (line.value === undefined || choice.value === line.value)
  const on = line.ref === undefined
    ? stage.transcript.latest(message => sees(message) && (line.kind === 'pick' ? message.choices.length > 0 : message.choices.some(wanted)))
    : stage.transcript.byRef(line.ref)
  const choice = line.kind === 'pick' ? on?.choices[line.pick - 1] : (on?.choices.find(wanted) ?? forced(line, on))
  if (!on || !choice) return line.kind === 'pick' ? 'there is no such choice' : `no message offers "${line.choose}"`
  const place = on.to === dmOf(line.as) ? dm(line, member) : await shared(on.to, stage)
  return give({ ...(await event(line, member, place, stage)), kind: 'choice', ...choice, on: on.key }, dmOf(line.as), stage)
}
// A button that was on the message before it changed: somebody may still have the old one before her eyes.
const forced = (line: Line & { kind: 'choose' }, on: Printed | undefined): Printed['choices'][number] | undefined =>
  on && line.ref !== undefined && line.value !== undefined ? { action: line.choose, value: line.value } : undefined

async function answered(line: Line & { kind: 'answers' }, member: Member, stage: Stage): Promise<Wrong> {
  const form = await stage.intake.form(member)
  if (!form) return `no form is open for "${line.as}"`
  const unknown = Object.keys(line.answers).find(name => !form.questions.some(question => question.name === name))
  if (unknown !== undefined) return `the form has no field "${unknown}"`
  const raw = { ...line.answers }
  for (const { name, kind } of form.questions) {
    const path = raw[name]
    if (kind !== 'file' || !path) continue
    const file = await taken(path, member, stage)
    if (typeof file === 'string') return file
    if (file.refused) return void tell(form, { [name]: file.refused }, line.as, member, stage)
    raw[name] = file.file ?? ''
  }
  const happened = await event(line, member, dm(line, member), stage)
  return give({ ...happened, kind: 'answers', form: form.name, about: form.about, raw }, dmOf(line.as), stage)
}
const tell = (_: OpenForm, problems: Record<string, Problem>, as: string, member: Member, stage: Stage): void => {
  const t = stage.intake.t(member)
  const told = Object.entries(problems).map(([name, { key, values }]) => [name, t.plain(t(key, values))])
  stage.out({ to: dmOf(as), problems: Object.fromEntries(told) })
}

async function searched(line: Line & { kind: 'search' }, member: Member, stage: Stage): Promise<Wrong> {
  const form = await stage.intake.form(member)
  const question = form?.questions.find(({ name }) => name === line.search)
  if (!question?.source) return `no form with a search field "${line.search}" is open for "${line.as}"`
  stage.out({ to: dmOf(line.as), options: await stage.intake.search(question.source, line.text.slice(0, 200), member) })
  return undefined
}

async function walked(line: Line & { kind: 'join' | 'leave' }, member: Member, stage: Stage): Promise<Wrong> {
  const id = line.kind === 'join' ? line.join : line.leave
  if (!(await stage.placeExists(id))) return `there is no place called "${id}"`
  await (line.kind === 'join' ? stage.presence.enter(line.as, id) : stage.presence.leave(line.as, id))
  const happened = await event(line, member, await shared(id, stage), stage)
  return give({ ...happened, kind: line.kind === 'join' ? 'joined' : 'left' }, dmOf(line.as), stage)
}

function show(live: Live, to: string, { out, intake }: Stage): void {
  const t = intake.t({ locale: 'it', timezone: 'UTC' })
  if (live.kind === 'problems') {
    out({ to, problems: Object.fromEntries(Object.entries(live.problems).map(([name, text]) => [name, t.plain(text)])) })
  }
  if (live.kind !== 'ask') return
  const { name, title, questions } = live.form
  const fields = questions.map(({ label, hint, source: _, ...rest }) => ({ ...rest, label: t.plain(label), ...(hint && { hint: t.plain(hint) }) }))
  out({ to, form: { name, title: t.plain(title), fields } })
}
