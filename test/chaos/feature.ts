import type { Feature, Post, World } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import { type Reply, say } from '#src/core/interaction.ts'
import type { Message, Reader } from '#src/core/message.ts'
import { keepFile } from '#src/storage/files.ts'
import { type Asked, doneWith, keyOf, wordsOf } from './plan.ts'

export interface Cast {
  places: readonly Place[]
  /** Members, by number. */
  people: readonly string[]
}

/** Posts what the plan says when somebody asks for it: `fan 3`, `change 17`; and answers each event once: `done fan 3`. */
export const chaos = (asked: readonly Asked[], cast: Cast): Feature => ({
  name: 'chaos',
  said: async ({ text, member }, world): Promise<Reply> => {
    const [verb, number] = text.split(' ')
    if (verb === 'fan')
      await fanOut(
        asked.filter(({ fan }) => fan === Number(number)),
        cast,
        world,
      )
    else if (verb === 'change') await edit(asked[Number(number)], cast, world)
    else if (verb !== 'hello') return { kind: 'pass' }
    return say(plainly(member, doneWith(text), world))
  },
})

async function fanOut(all: readonly Asked[], cast: Cast, world: World): Promise<void> {
  for (const each of all) await world.outbox.enqueue(await postOf(each, 0, cast, world))
  for (const each of all) if (each.version > Number(each.changed)) await edited(each, 1, cast, world)
}

async function edit(one: Asked | undefined, cast: Cast, world: World): Promise<void> {
  if (one) await edited(one, one.version, cast, world)
}

async function edited(one: Asked, version: number, cast: Cast, world: World): Promise<void> {
  const post = await postOf(one, version, cast, world)
  await world.outbox.enqueue({ ...post, key: `${post.key}:v${version}`, instead: post.key })
}

async function postOf(one: Asked, version: number, { places, people }: Cast, world: World): Promise<Post> {
  const place = 'place' in one.to ? places[one.to.place] : undefined
  const to = place ?? { member: ('person' in one.to && people[one.to.person]) || '' }
  const reader = { locale: 'it', timezone: 'Europe/Rome' }
  const message = one.file
    ? await withFile(reader, one, version, world)
    : plainly(reader, wordsOf(one.n, version), world)
  return { to, message, key: keyOf(one.n), ...(one.under !== undefined && { under: keyOf(one.under) }) }
}

function plainly(reader: Reader, words: string, { t }: World): Message {
  const text = t(reader).literal(words)
  return { summary: text, blocks: [{ type: 'text', text }] }
}

async function withFile(reader: Reader, { n }: Asked, version: number, world: World): Promise<Message> {
  const words = plainly(reader, wordsOf(n, version), world)
  const bytes = new TextEncoder().encode(`the file of ${n}`)
  const file = await keepFile(world.tx, { name: `${n}.txt`, type: 'text/plain', bytes }, undefined, world.now)
  return { ...words, blocks: [...words.blocks, { type: 'file', file, alt: world.t(reader).literal(`${n}.txt`) }] }
}
