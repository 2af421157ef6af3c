import { type FormHandler, onSubmit, type World } from '#src/core/feature.ts'
import { choose, chooseSeveral, paragraph } from '#src/core/fields.ts'
import type { Option } from '#src/core/form.ts'
import { type Member, type Of, problems, type Reply, say } from '#src/core/interaction.ts'
import type { Translate } from '#src/core/message.ts'
import { type Act, cancel, question, solve, transfer } from './acts.ts'
import { note } from './messages.ts'
import { LONGEST } from './opening.ts'
import { changeRequest, type Request } from './requests/store.ts'
import type { Action } from './rules.ts'
import { laboratories, services, triggerEvents } from './store.ts'
import { subject } from './subject.ts'

/** Stands for the coordinators where laboratories can be chosen. */
const COORDINATORS = 'coordinators'

export const forms = {
  question: { name: 'laboratories.question', fields: { question: paragraph(LONGEST) } },
  transfer: { name: 'laboratories.transfer', fields: { laboratory: choose(), reason: paragraph(LONGEST) } },
  solve: { name: 'laboratories.solve', fields: { outcome: paragraph(LONGEST), services: chooseSeveral() } },
  cancel: { name: 'laboratories.cancel', fields: { reason: paragraph(LONGEST) } },
  comment: { name: 'laboratories.comment', fields: { comment: paragraph(1000) } },
}
export type FormName = 'question' | 'transfer' | 'solve' | 'cancel'

/** The form of an action, with what she wrote behind the command. */
export async function askFor(name: FormName, request: Request, by: Member, world: World, typed = ''): Promise<Reply> {
  const t = world.t(by)
  const text = [...typed].slice(0, LONGEST).join('')
  const ask = { kind: 'ask' as const, about: request.id, subject: request.number }
  switch (name) {
    case 'question':
      return { ...ask, form: forms.question, ...(text && { known: { question: text } }) }
    case 'cancel':
      return { ...ask, form: forms.cancel, ...(text && { known: { reason: text } }) }
    case 'transfer':
      return { ...ask, form: forms.transfer, options: { laboratory: await destinations(t, request, world) } }
    case 'solve':
      return {
        ...ask,
        form: forms.solve,
        options: { services: await servicesFor(t, request, world) },
        ...(text && { known: { outcome: text } }),
      }
  }
}

/** Everyone it could go to but those who have it. */
async function destinations(t: Translate, { laboratory }: Request, { tx }: World): Promise<Option[]> {
  const others = (await laboratories(tx)).filter(({ id }) => id !== laboratory)
  const coordinators = { value: COORDINATORS, label: t.plain(t('laboratories.coordinators')) }
  const named = others.map(({ id, name }) => ({ value: id, label: t.local(name) }))
  return laboratory === null ? named : [...named, coordinators]
}

/** The services that answer its event first, then the others, as in the kit. */
async function servicesFor(t: Translate, { event }: Request, { tx }: World): Promise<Option[]> {
  const usual = (await triggerEvents(tx)).find(({ id }) => id === event)?.services ?? []
  const rank = (id: string): number => (usual.includes(id) ? usual.indexOf(id) : usual.length)
  const sorted = (await services(tx)).toSorted((a, b) => rank(a.id) - rank(b.id))
  return sorted.map(({ id, name }) => ({ value: id, label: t.local(name) }))
}

/** The request stood open in a form: whether she may still do it is asked again, and what she `wrote` meanwhile is not lost. */
async function acting(
  { member, about }: Of<'answers'>,
  [action, wrote]: [Action, string],
  world: World,
  act: (on: Act) => Promise<Reply>,
): Promise<Reply> {
  const found = await subject(member, about, action, world, wrote === '' ? undefined : wrote)
  return found.ok ? act({ request: found.request, side: found.side, by: member }) : found.reply
}

const staff = ['operator', 'coordinator'] as const

export const submissions: FormHandler[] = [
  onSubmit(forms.question, staff, (answers, from, world) =>
    acting(from, ['question', answers.question], world, on => question(on, answers.question, world)),
  ),
  onSubmit(forms.cancel, ['anyone'], ({ reason }, from, world) =>
    acting(from, ['cancel', reason], world, on => cancel(on, reason, world)),
  ),
  onSubmit(forms.transfer, staff, ({ laboratory, reason }, from, world) =>
    acting(from, ['transfer', reason], world, async on => {
      const possible = await destinations(world.t(from.member), on.request, world)
      if (!possible.some(({ value }) => value === laboratory))
        return problems({ laboratory: { key: 'laboratories.problems.laboratory' } })
      return transfer(on, laboratory === COORDINATORS ? null : laboratory, reason, world)
    }),
  ),
  onSubmit(forms.solve, staff, ({ outcome, services: given }, from, world) =>
    acting(from, ['solve', outcome], world, async on => {
      const known = new Set((await services(world.tx)).map(({ id }) => id))
      if (given.some(id => !known.has(id))) return problems({ services: { key: 'laboratories.problems.service' } })
      return solve(on, outcome, given, world)
    }),
  ),
  onSubmit(forms.comment, ['anyone'], ({ comment }, from, world) =>
    acting(from, ['rate', comment], world, async ({ request, by }) => {
      const t = world.t(by)
      if (request.rating === null) return say(note(t('laboratories.needsNumber.rate')))
      await changeRequest(world.tx, request, { comment })
      return say(note(t('laboratories.commented', { number: request.number })))
    }),
  ),
]
