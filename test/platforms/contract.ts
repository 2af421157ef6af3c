import { describe, expect, onTestFinished, test } from 'vitest'
import type { Place } from '#src/core/interaction.ts'
import type { Block, Message } from '#src/core/message.ts'
import type { Placement, Platform } from '#src/core/platform.ts'
import { openLanguage } from '#src/i18n/language.ts'

export interface Shows {
  text: string
  labels: string[]
}
/** A platform that has started, and eyes to see what it shows. */
export interface Staged {
  platform: Platform
  /** A shared place, and a direct conversation with somebody. */
  place: Place
  direct: Place
  /** A file that the bot holds. */
  file: string
  /** Lets a post arrive, and the answer to it be lost. */
  loseNextAnswer: () => void
  /** Everything that stands in a place now, oldest first: its text and the labels that can be pressed. */
  seen: (place: Place) => Shows[] | Promise<Shows[]>
  /** What a person sees of a form that she is asked: each label. And, after answers that do not pass, each problem. */
  asked?: () => Promise<{ labels: string[]; problems: string[] }>
  close: () => Promise<void>
}

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const words = (text: string) => t.literal(text)

/** One of each kind of block. A new kind does not compile until it is here. */
export const everyBlock = (file: string): Record<Block['type'], Block> => ({
  text: { type: 'text', text: words('Un testo <!channel> con *stelle*') },
  quote: { type: 'quote', text: words('Una citazione') },
  facts: { type: 'facts', facts: [{ label: words('Un fatto'), value: words('il suo valore') }] },
  items: { type: 'items', items: [words('prima voce'), words('seconda voce')] },
  choices: { type: 'choices', choices: [{ label: words('Premi qui'), action: 'a.b', value: 'v' }] },
  image: { type: 'image', file, alt: words('Che cosa mostra il grafico') },
  file: { type: 'file', file, alt: words('Il documento') },
})

const says: Record<Block['type'], readonly string[]> = {
  text: ['Un testo <!channel> con *stelle*'],
  quote: ['Una citazione'],
  facts: ['Un fatto', 'il suo valore'],
  items: ['prima voce', 'seconda voce'],
  choices: [],
  image: ['Che cosa mostra il grafico'],
  file: ['Il documento'],
}

/** As the sender does: after an answer that was lost it looks for the post, and where nothing is found sends it again. */
const insisted = async (platform: Platform, message: Message, at: Placement): Promise<string> => {
  const ref = await platform.post(message, at).catch(() => undefined)
  return ref ?? (await platform.find(at, message)) ?? platform.post(message, at)
}

/** What the outbox and the features may rely on, whatever the platform. */
export function platformContract(name: string, open: () => Promise<Staged>): void {
  const staged = async (): Promise<Staged> => {
    const here = await open()
    onTestFinished(here.close)
    return here
  }
  let count = 0
  const at = (to: Place, more: Partial<Placement> = {}): Placement => {
    count += 1
    return { to, key: `contract:${count}`, since: Temporal.Now.instant(), ...more }
  }
  const plain = (text: string, ...blocks: Block[]): Message => ({
    summary: words(text),
    blocks: [{ type: 'text', text: words(text) }, ...blocks],
  })

  describe(`${name} keeps the contract of platforms`, () => {
    for (const type of Object.keys(says) as Block['type'][]) {
      test(`a block of ${type} is drawn`, async () => {
        const { platform, place, file, seen } = await staged()
        await platform.post({ summary: words('In breve'), blocks: [everyBlock(file)[type]] }, at(place))
        const [shown, ...more] = await seen(place)
        expect(more).toHaveLength(0)
        for (const each of says[type]) expect(shown!.text).toContain(each)
        expect(shown!.labels).toEqual(type === 'choices' ? ['Premi qui'] : [])
      })
    }

    test('a message stands where it was posted, and an edit changes it there', async () => {
      const { platform, place, direct, seen } = await staged()
      const placement = at(place)
      const ref = await platform.post(plain('Prima', everyBlock('').choices), placement)
      await platform.post(plain('Solo per te'), at(direct))
      await platform.edit(ref, plain('Poi'), at(place, { instead: placement.key }))
      expect(await seen(place)).toEqual([{ text: 'Poi', labels: [] }])
      expect((await seen(direct)).map(({ text }) => text)).toEqual(['Solo per te'])
    })

    test('the same edit twice changes nothing more', async () => {
      const { platform, place, seen } = await staged()
      const placement = at(place)
      const ref = await platform.post(plain('Prima'), placement)
      const change = at(place, { instead: placement.key })
      await platform.edit(ref, plain('Poi'), change)
      await platform.edit(ref, plain('Poi'), change)
      expect(await seen(place)).toHaveLength(1)
    })

    test('a post whose answer was lost is found again, and stands there once', async () => {
      const { platform, place, loseNextAnswer, seen } = await staged()
      const placement = at(place)
      loseNextAnswer()
      expect(await insisted(platform, plain('Una volta'), placement)).toBeTypeOf('string')
      expect(await platform.find(at(place), plain('Una volta'))).toBeUndefined()
      expect(await seen(place)).toHaveLength(1)
    })

    test('what is under a message is found there too', async () => {
      const { platform, place, loseNextAnswer, seen } = await staged()
      const above = at(place)
      const root = await platform.post(plain('La radice'), above)
      const below = at(place, { under: above.key, root })
      loseNextAnswer()
      expect(await insisted(platform, plain('La risposta'), below)).toBeTypeOf('string')
      expect(await seen(place)).toHaveLength(2)
    })

    test('a form is asked whole, or a line at a time; what does not pass is said', async () => {
      const { asked } = await staged()
      if (!asked) return
      const { labels, problems } = await asked()
      expect(labels.length).toBeGreaterThan(1)
      expect(problems.length).toBeGreaterThan(0)
    })
  })
}
