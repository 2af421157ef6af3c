import type { World } from '#src/core/feature.ts'
import type { Member, Place } from '#src/core/interaction.ts'
import type { Block, Message, Translate } from '#src/core/message.ts'
import { newId } from '#src/storage/ids.ts'
import { buttons, changed, handlerOf, offered, quoted } from './messages.ts'
import { keepOrigin, keepWords, type Request } from './requests/store.ts'
import type { MessageKind, Side, Spot } from './schema.ts'
import { currentCards, followed, rootOf, spotName, tell, tellRequester } from './telling.ts'
import { type View, view } from './view.ts'

/** What somebody wrote about a request. */
export interface Said {
  side: Side
  kind: MessageKind
  author: Member
  text: string
  file?: string | undefined
  /** The event that it came with. */
  event?: string | undefined
  /** Where it stands already, so that it is not said there again. */
  place?: Place
}

/**
 * Carries words to the other side, and to the other places of their own; keeps them for whoever comes later. `told`
 * is where the requester has heard them already: a reason comes to her with the change.
 */
export async function passOn(given: Request, said: Said, world: World, told: Spot[] = []): Promise<void> {
  const request = await followed(given, world)
  const seen = await view(world.tx, request)
  const id = newId()
  const cards = currentCards(request).filter(({ to }) => !standsIn(to, said))
  const notes = cards.map(({ to }) => ({ key: `request:${request.id}:note:${id}:${spotName(to)}`, to }))
  await tell(
    notes,
    t => toLaboratory(t, seen, said),
    world,
    (_, at) => cards[at]?.key,
  )
  const heard = said.side === 'laboratory' && said.kind !== 'reason' ? await toRequester(seen, said, id, world) : []
  await keep(request, said, [...notes, ...told, ...heard], world, id)
}

const standsIn = (to: Spot['to'], { place, author }: Said): boolean =>
  'member' in to ? to.member === author.id : place !== undefined && spotName(to) === spotName(place)

const toRequester = (seen: View, said: Said, id: string, world: World): Promise<Spot[]> =>
  said.kind === 'question'
    ? tellRequester(seen.request, `note:${id}`, t => changed(t, seen, 'question', said.text), world)
    : tellRequester(seen.request, `note:${id}`, t => fromLaboratory(t, seen, said), world, {
        under: rootOf(seen.request),
      })

/** Keeps words with where they were repeated, so that they can be taken back from there. */
export async function keep(request: Request, said: Said, posted: Spot[], world: World, id = newId()): Promise<void> {
  if (said.event) await keepOrigin(world.tx, { id: said.event, request: request.id, words: id })
  await keepWords(world.tx, {
    id,
    request: request.id,
    author: said.author.id,
    side: said.side,
    kind: said.kind,
    text: said.text,
    file: said.file ?? null,
    at: world.now.epochMilliseconds,
    posted,
  })
}

function fromLaboratory(t: Translate, seen: View, said: Said): Message {
  const { number } = seen.request
  const values = { who: said.author.name, laboratory: handlerOf(t, seen), number }
  return written(t, t('laboratories.note.fromLaboratory', values), said, offered(buttons(t, seen.request, 'write')))
}

function toLaboratory(t: Translate, seen: View, said: Said): Message {
  const { number } = seen.request
  const who = [said.author.name, said.side === 'requester' ? seen.organization : undefined].filter(Boolean).join(', ')
  return written(t, t(`laboratories.note.${noteFor(said)}`, { who, number }), said, [])
}

function noteFor({ side, kind }: Said) {
  if (side === 'requester') return 'fromRequester'
  return kind === 'question' || kind === 'reason' ? kind : 'fromColleague'
}

const written = (t: Translate, intro: Message['summary'], { text, file }: Said, then: Block[]): Message => ({
  summary: intro,
  blocks: [
    { type: 'text', text: intro },
    ...quoted(t, text),
    ...(file ? [{ type: 'file' as const, file, alt: t('laboratories.card.file') }] : []),
    ...then,
  ],
})
