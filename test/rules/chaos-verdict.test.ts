import { expect, test } from 'vitest'
import { dice } from '#test/chaos/dice.ts'
import { type Asked, plan } from '#test/chaos/plan.ts'
import { type Held, judge } from '#test/chaos/verdict.ts'

const size = { posts: 120, places: 5, people: 3 }
const asked = plan(dice(42), size)
const where = ({ to }: Asked): string => ('place' in to ? `place ${to.place}` : `person ${to.person}`)
const held = (one: Asked): Held => ({
  n: one.n,
  version: one.version,
  where: where(one),
  file: one.file,
  ...(one.under !== undefined && { under: one.under }),
})
const whole = asked.map(held)
const judged = (messages: readonly Held[], answers = ['fan 0']) => judge(asked, ['fan 0'], { held: messages, answers })
const clean = { lost: [], twice: [], outOfOrder: [] }

test('the same seed makes the same plan, and another seed another', () => {
  expect(plan(dice(42), size)).toEqual(asked)
  expect(plan(dice(43), size)).not.toEqual(asked)
})

test('what stands as it was asked for is clean', () => {
  expect(judged(whole)).toEqual(clean)
})

test('what is nowhere, elsewhere, not in its thread, without its file or as it was before an edit is lost', () => {
  const change = (which: (one: Asked) => boolean, how: (message: Held) => Held[]) => {
    const { n } = asked.find(which)!
    return judged(whole.flatMap(each => (each.n === n ? how(each) : [each]))).lost
  }
  expect(
    change(
      ({ n }) => n === 7,
      () => [],
    ),
  ).toHaveLength(1)
  expect(
    change(
      ({ n }) => n === 7,
      each => [{ ...each, where: 'person 99' }],
    ),
  ).toHaveLength(1)
  expect(
    change(
      ({ under }) => under !== undefined,
      ({ under: _, ...each }) => [each],
    ),
  ).toHaveLength(1)
  expect(
    change(
      ({ file }) => file,
      each => [{ ...each, file: false }],
    ),
  ).toHaveLength(1)
  expect(
    change(
      ({ version }) => version > 0,
      each => [{ ...each, version: 0 }],
    ),
  ).toHaveLength(1)
  expect(judged(whole, []).lost).toEqual(['fan 0'])
})

test('what stands twice is counted, also an answer', () => {
  expect(judged([...whole, ...whole.slice(3, 4)]).twice).toEqual(['n3'])
  expect(judged(whole, ['fan 0', 'fan 0']).twice).toEqual(['fan 0'])
})

test('what overtakes another of the same place and the same event is out of order', () => {
  const [first, second] = asked.filter(one => one.fan === 0 && where(one) === where(asked[0]!))
  const swapped = whole.map(each =>
    each.n === first!.n ? whole[second!.n]! : each.n === second!.n ? whole[first!.n]! : each,
  )

  expect(judged(swapped).outOfOrder).not.toEqual([])
  expect(judged(swapped).lost).toEqual([])
})
