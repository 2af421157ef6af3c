import type { World } from '#src/core/feature.ts'
import { type Of, pass, type Reply, redraw, say } from '#src/core/interaction.ts'
import type { Choice, Message, Translate } from '#src/core/message.ts'
import { newId } from '#src/storage/ids.ts'
import { note } from './messages.ts'
import { LONGEST } from './opening.ts'
import { keepUnsent, openRequests, type Request, takeUnsent } from './requests/store.ts'
import { subject } from './subject.ts'
import { view } from './view.ts'
import { deliver, saidBy, tooLong } from './writing.ts'

/** How long words wait for a yes, in milliseconds. */
const KEPT_FOR = Temporal.Duration.from({ hours: 7 * 24 }).total('milliseconds')
const MOST = 4

/** A plain text from somebody with an open request: is it for that one? */
export async function offerToSend(event: Of<'said'>, world: World): Promise<Reply> {
  const said = saidBy(event)
  const words = /[^\d\s]/u.test(said.text) || said.file !== undefined
  const open = words ? await openRequests(world.tx, { requester: event.member.id }) : []
  if (open.length === 0) return pass
  const length = [...said.text].length
  if (length > LONGEST) return tooLong(event.member, length, world)
  const unsent = {
    id: newId(),
    author: event.member.id,
    text: said.text,
    file: said.file ?? null,
    at: world.now.epochMilliseconds,
  }
  await keepUnsent(world.tx, unsent, world.now.epochMilliseconds - KEPT_FOR)
  return say(await offer(world.t(event.member), open.toReversed().slice(0, MOST), unsent.id, world))
}

async function offer(t: Translate, requests: Request[], unsent: string, world: World): Promise<Message> {
  const [only, another] = requests
  const text = only && !another ? t('laboratories.offer.one', { number: only.number }) : t('laboratories.offer.several')
  const choices: Choice[] = []
  for (const request of requests) {
    const { practice } = await view(world.tx, request)
    const values = { number: request.number, about: practice?.title ?? '' }
    const label =
      practice && another
        ? t('laboratories.offer.sendAbout', values)
        : t('laboratories.offer.send', { number: request.number })
    choices.push({
      label,
      action: 'laboratories.send',
      value: `${unsent}:${request.id}`,
      ...(another ? {} : { style: 'primary' as const }),
    })
  }
  return note(text, [...choices, { label: t('laboratories.offer.no'), action: 'core.run', value: 'core.help' }])
}

/** Sends what was kept, once. */
export async function send(event: Of<'choice'>, world: World): Promise<Reply> {
  const [unsent = '', id = ''] = event.value.split(':')
  const t = world.t(event.member)
  const found = await subject(event.member, id, 'write', world)
  if (!found.ok) return found.reply
  const words = await takeUnsent(world.tx, unsent, event.member.id)
  if (!words) return say(note(t('laboratories.offer.gone', { number: found.request.number })))
  const said = {
    side: found.side,
    kind: 'note' as const,
    author: event.member,
    text: words.text,
    file: words.file ?? undefined,
  }
  const reply = await deliver(found.request, said, world)
  return reply.kind === 'say' ? reply : redraw(note(t('laboratories.sent', { number: found.request.number })))
}
