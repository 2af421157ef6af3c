import { answer, cancel, complain, press, refuse, say, tooLargeBy, type Visit, walk } from './acts.ts'
import { type Body, type Given, noonOf, readBody } from './read.ts'
import type { Workspace } from './workspace.ts'

type Deed = (given: Given, visit: Visit, workspace: Workspace) => Promise<void>

/** What can be sent from a page, by the last part of its address. */
export const deeds: Readonly<Record<string, Deed>> = {
  say: (given, visit, workspace) => when(readBody('say', given), body => say(body, given, visit, workspace)),
  press: (given, visit, workspace) => when(readBody('press', given), body => press(body, visit, workspace)),
  answer: (given, visit, workspace) => when(readBody('answer', given), body => answer(body, given, visit, workspace)),
  cancel: (given, visit, workspace) => when(readBody('walk', given), body => cancel(body, visit, workspace)),
  enter: (given, visit, workspace) => when(readBody('walk', given), body => walk('joined', body, visit, workspace)),
  leave: (given, visit, workspace) => when(readBody('walk', given), body => walk('left', body, visit, workspace)),
  clock: (given, visit, workspace) => when(readBody('clock', given), body => move(body, visit, workspace)),
}

/** What came was more than we take: she hears how much we do, beside the field or where she wrote. */
export async function tooLarge(what: string, visit: Visit, workspace: Workspace): Promise<void> {
  if (what === 'say') return refuse(visit, workspace)
  const form = await workspace.intake.form(visit.person)
  const fields = (form?.questions ?? []).filter(({ kind }) => kind === 'file').map(({ name }) => name)
  if (what === 'answer' && form)
    complain(form, Object.fromEntries(fields.map(name => [name, tooLargeBy(workspace)])), visit, workspace)
}

const when = async <T>(body: T | undefined, work: (body: T) => Promise<void>): Promise<void> => {
  if (body !== undefined) await work(body)
}

/** Moves the clock on; it never goes back. */
async function move({ to, date }: Body<'clock'>, { person }: Visit, { time, news }: Workspace): Promise<void> {
  const now = time.now().toZonedDateTimeISO(person.timezone)
  if (to === 'next') await time.toNextEvent()
  else if (to === 'day') await time.moveTo(now.add({ days: 1 }).toInstant())
  else if (to === 'week') await time.moveTo(now.add({ weeks: 1 }).toInstant())
  else {
    const chosen = noonOf(date ?? '', now)
    if (chosen) await time.moveTo(chosen)
  }
  news.changed()
}
