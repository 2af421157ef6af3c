import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import { directPlace, dmOf, WORKSPACE } from './adapter.ts'
import { live } from './draw.ts'
import { taken } from './files.ts'
import { press } from './press.ts'
import { type Line, readLine } from './read.ts'
import { type Stage, type Wrong, wrong } from './stage.ts'

type Acting = Exclude<Line, { kind: 'at' }>

/** Plays one line; why, when it was not understood. */
export async function play(written: string, stage: Stage): Promise<Wrong> {
  const line = readLine(written)
  if (!('kind' in line)) return line
  const problem = line.kind === 'at' ? await moved(line.at, stage) : await acted(line, stage)
  if (!problem) await stage.settle()
  return problem
}

async function moved(at: string, stage: Stage): Promise<Wrong> {
  const instant = instantIn(at)
  if (!instant) return wrong('console.notAnInstant', { given: at })
  if (Temporal.Instant.compare(instant, stage.now()) < 0)
    return wrong('console.clockBack', { now: String(stage.now()) })
  await stage.moveTo(instant)
  return undefined
}

const instantIn = (written: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(written)
  } catch {
    return undefined // whoever asked says so
  }
}

async function acted(line: Acting, stage: Stage): Promise<Wrong> {
  const member = await stage.person(line.as)
  if (!member) return wrong('console.nobody', { name: line.as })
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

const happened = async (line: Acting, member: Member, place: Place, stage: Stage) => ({
  id: `web:${WORKSPACE}:${line.id ?? (await stage.nextEventId())}`,
  at: stage.now(),
  member,
  place,
})
const placeOf = (id: string, line: Acting, member: Member, { intake }: Stage): Promise<Place> =>
  id === 'dm' || id === dmOf(line.as)
    ? Promise.resolve(directPlace(line.as, member))
    : intake.place('web', WORKSPACE, id)

async function give(event: Interaction, line: Acting, stage: Stage): Promise<Wrong> {
  const answer = await stage.intake.receive(event)
  const shown = answer && live(answer, dmOf(line.as), stage.intake.t(event.member))
  if (shown) stage.out(shown)
  return undefined
}

async function wrote(line: Line & { kind: 'text' }, member: Member, stage: Stage): Promise<Wrong> {
  const place = await placeOf(line.in, line, member, stage)
  if (!place.direct && !(await stage.placeExists(line.in))) return wrong('console.noPlace', { name: line.in })
  const root = line.thread === undefined ? undefined : stage.transcript.byRef(line.thread)
  if (line.thread !== undefined && !root) return wrong('console.noMessage', { ref: line.thread })
  const brought = line.file === undefined ? {} : await taken(line.file, member, stage)
  if ('key' in brought) return brought
  // In a thread people talk to each other: what reads like a command there is not one.
  const read = root ? { kind: 'said' as const, text: line.text } : stage.intake.read(line.text)
  const event = await happened(line, member, place, stage)
  return give({ ...event, ...brought, ...read, ...(root && { thread: root.key }) }, line, stage)
}

async function pressed(line: Line & { kind: 'choose' | 'pick' }, member: Member, stage: Stage): Promise<Wrong> {
  const found = press(line, stage.transcript, await stage.presence.of(line.as))
  if ('problem' in found) return found.problem
  const { choice, on } = found
  // A button in somebody else's direct conversation: whatever comes of it is said to her who pressed.
  const place = await placeOf(on.to.startsWith(dmOf('')) ? 'dm' : on.to, line, member, stage)
  const event = await happened(line, member, place, stage)
  return give({ ...event, kind: 'choice', action: choice.action, value: choice.value, on: on.key }, line, stage)
}

async function answered(line: Line & { kind: 'answers' }, member: Member, stage: Stage): Promise<Wrong> {
  const form = await stage.intake.form(member)
  if (!form) return wrong('console.noForm', { name: line.as })
  const stranger = Object.keys(line.answers).find(name => !form.questions.some(question => question.name === name))
  if (stranger !== undefined) return wrong('console.noField', { name: stranger })
  // As in any drawn form, what she leaves alone is sent as it stands there.
  const asTheyStand = form.questions.flatMap(({ name, kind, known }) =>
    known === undefined || kind === 'file' ? [] : [[name, known]],
  )
  const raw: Record<string, string> = { ...Object.fromEntries(asTheyStand), ...line.answers }
  for (const { name } of form.questions.filter(({ kind }) => kind === 'file')) {
    const brought = raw[name] ? await taken(raw[name], member, stage) : {}
    if ('key' in brought) return brought
    if (brought.refused) {
      const { key, values } = brought.refused
      const t = stage.intake.t(member)
      stage.out({ to: dmOf(line.as), problems: { [name]: t.plain(t(key, values)) } })
      return undefined
    }
    raw[name] = brought.file ?? ''
  }
  const event = await happened(line, member, directPlace(line.as, member), stage)
  return give({ ...event, kind: 'answers', form: form.name, about: form.about, raw }, line, stage)
}

async function searched(line: Line & { kind: 'search' }, member: Member, stage: Stage): Promise<Wrong> {
  const form = await stage.intake.form(member)
  const source = form?.questions.find(({ name }) => name === line.search)?.source
  if (!source) return wrong('console.noSearch', { field: line.search, name: line.as })
  stage.out({ to: dmOf(line.as), options: await stage.intake.search(source, line.text.slice(0, 200), member) })
  return undefined
}

async function walked(line: Line & { kind: 'join' | 'leave' }, member: Member, stage: Stage): Promise<Wrong> {
  const id = line.kind === 'join' ? line.join : line.leave
  if (!(await stage.placeExists(id))) return wrong('console.noPlace', { name: id })
  await (line.kind === 'join'
    ? stage.presence.enter(line.as, id, member.id)
    : stage.presence.leave(line.as, id, member.id))
  const event = await happened(line, member, await placeOf(id, line, member, stage), stage)
  return give({ ...event, kind: line.kind === 'join' ? 'joined' : 'left' }, line, stage)
}
