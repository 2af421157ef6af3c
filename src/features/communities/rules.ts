import { fold } from '#src/core/fold.ts'
import type { LocalText } from '#src/core/message.ts'

/** What a typed name is compared with. */
export interface Named {
  id: string
  name: LocalText
}

const namesOf = ({ id, name }: Named): string[] => [id, ...Object.values(name)].map(fold)
const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)

/** The one community that was meant: by its whole name in any language, else by the beginnings of its words. */
export function named<N extends Named>(all: readonly N[], typed: string): N | undefined {
  const said = fold(typed.slice(0, 200)).replace(/^#/, '')
  const whole = all.find(each => namesOf(each).includes(said))
  if (whole) return whole
  const parts = wordsOf(said)
  if (parts.length === 0) return undefined
  const close = all.filter(each =>
    namesOf(each).some(name => parts.every(part => wordsOf(name).some(word => word.startsWith(part)))),
  )
  return close.length === 1 ? close[0] : undefined
}
