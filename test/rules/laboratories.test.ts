import { describe, expect, test } from 'vitest'
import * as rules from '#src/features/laboratories/rules.ts'

const actions = ['take', 'question', 'transfer', 'solve', 'cancel', 'reopen', 'write', 'rate'] as const
const states = ['new', 'assigned', 'pending', 'solved', 'closed'] as const
type State = (typeof states)[number]

describe('who may do what, and where it leads', () => {
  // From each state, in order; `-` where it cannot be done. Whoever has it in charge is still there.
  const expected: Record<'laboratory' | 'requester', Record<(typeof actions)[number], string>> = {
    laboratory: {
      take: 'assigned - - - -',
      question: 'pending pending pending - -',
      transfer: 'new new new - -',
      solve: 'solved solved solved - -',
      cancel: 'closed closed closed - -',
      reopen: '- - - assigned assigned',
      write: 'new assigned pending solved closed',
      rate: '- - - - -',
    },
    requester: {
      take: '- - - - -',
      question: '- - - - -',
      transfer: '- - - - -',
      solve: '- - - - -',
      cancel: 'closed closed closed - -',
      reopen: '- - - assigned assigned',
      write: 'new assigned assigned assigned assigned',
      rate: '- - - solved closed',
    },
  }
  for (const side of ['laboratory', 'requester'] as const) {
    test.each(actions)(`${side}: %s`, action => {
      const reached = states.map((state: State) =>
        rules.possible(action, side, { state, cancelled: false })
          ? rules.next(action, side, { state, assignee: 'ada' })
          : '-',
      )
      expect(reached.join(' ')).toBe(expected[side][action])
    })
  }

  test('with nobody in charge, what comes back is new', () => {
    expect(rules.next('reopen', 'requester', { state: 'solved', assignee: null })).toBe('new')
    expect(rules.next('write', 'requester', { state: 'pending', assignee: null })).toBe('new')
  })
  test('a cancelled request has nothing to rate', () => {
    expect(rules.possible('rate', 'requester', { state: 'closed', cancelled: true })).toBe(false)
  })
})

describe('on which side somebody stands', () => {
  const request = {
    state: 'new' as const,
    cancelled: false,
    requester: 'rita',
    assignee: null,
    laboratory: 'umbria',
    community: 'suape',
  }
  const person = (change: Partial<rules.Person>): rules.Person => ({
    id: 'ada',
    laboratories: [],
    communities: [],
    administrator: false,
    ...change,
  })
  test.each([
    ['an operator of the laboratory takes', 'take', person({ laboratories: ['umbria'] }), 'laboratory'],
    ['one of another laboratory does not', 'take', person({ laboratories: ['marche'] }), undefined],
    ['a coordinator does not, when a laboratory has it', 'take', person({ communities: ['suape'] }), undefined],
    ['but may pass it on', 'transfer', person({ communities: ['suape'] }), 'laboratory'],
    ['and not one of another community', 'transfer', person({ communities: ['welfare'] }), undefined],
    ['the administrator may do everything', 'solve', person({ administrator: true }), 'laboratory'],
    ['the requester cancels', 'cancel', person({ id: 'rita' }), 'requester'],
    ['and takes nothing', 'take', person({ id: 'rita' }), undefined],
    ['anybody else does nothing', 'write', person({}), undefined],
  ] as const)('%s', (_, action, who, side) => expect(rules.sideFor(action, who, request)).toBe(side))
  test('where none covers it, the coordinators of its community answer', () => {
    const uncovered = { ...request, laboratory: null }
    expect(rules.sideFor('take', person({ communities: ['suape'] }), uncovered)).toBe('laboratory')
    expect(rules.sideFor('take', person({ communities: [''] }), uncovered)).toBe('laboratory')
    expect(rules.sideFor('take', person({ laboratories: ['umbria'] }), uncovered)).toBe(undefined)
  })
})

describe('which laboratory covers practice, community and event', () => {
  const lab = (id: string, communities: string[], practices: string[], events: string[]) => ({
    id,
    covers: { communities, practices, events },
  })
  const everything = lab('everything', [], [], [])
  const suape = lab('suape', ['suape'], [], [])
  const norms = lab('norms', [], [], ['regulatory_update'])
  const one = lab('one', [], ['P-0001'], [])
  const matter = { community: 'suape', practice: 'P-0001', event: 'regulatory_update' }
  test.each([
    ['the practice by name wins', [everything, suape, norms, one], matter, 'one'],
    ['then the community', [everything, norms, suape], matter, 'suape'],
    ['then the event', [everything, norms], matter, 'norms'],
    ['then whoever covers all', [everything], matter, 'everything'],
    ['about no practice, none is covered by name', [one], { ...matter, practice: null }, undefined],
    ['no laboratory for that community', [suape], { ...matter, community: 'welfare' }, undefined],
    [
      'of two alike, the first by name',
      [
        { ...suape, id: 'b' },
        { ...suape, id: 'a' },
      ],
      matter,
      'a',
    ],
  ] as const)('%s', (_, laboratories, about, found) => expect(rules.route(laboratories, about)?.id).toBe(found))
})

test.each([
  ['R-2027-0001', 'R-2027-0001', ''],
  [' r-2027-1 fatto tutto', 'R-2027-0001', 'fatto tutto'],
  ['R-2027-0001 è rotto', 'R-2027-0001', 'è rotto'],
  ['R 2027 12345', 'R-2027-12345', ''],
  ['«R-2027-0001»: ciao', 'R-2027-0001', 'ciao'],
])('%s is a number', (text, number, rest) => expect(rules.numbered(text)).toEqual({ number, rest }))
test.each(['', 'serve R-2027-0001', 'R-27-1', 'P-0001', 'R-2027-'])('%s is none', text =>
  expect(rules.numbered(text)).toBe(undefined),
)

test.each(['grazie', 'Grazie mille!', 'ok, perfetto', 'Thank you so much', '👍', 'OK'])('%s is thanks', text =>
  expect(rules.isThanks(text)).toBe(true),
)
test.each(['grazie, ma non va ancora', 'ok domani?', 'no', 'thanks, but it fails', 'va male'])('%s is not', text =>
  expect(rules.isThanks(text)).toBe(false),
)
