import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spdx } from '#src/features/practices/publiccode.ts'

describe('licences', () => {
  test.each([
    ['EUPL-1.2', 'EUPL-1.2'],
    ['eupl-1.2', 'EUPL-1.2'],
    ['GPL-3.0-or-later OR MIT', 'GPL-3.0-or-later OR MIT'],
    ['(mit and (BSD-3-Clause or Apache-2.0))', '(MIT AND (BSD-3-Clause OR Apache-2.0))'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0+', 'GPL-2.0+'],
    ['EUPL-1.1+', 'EUPL-1.1+'],
    ['AGPL-3.0', 'AGPL-3.0'],
    ['', undefined],
    ['proprietaria', undefined],
    ['MIT OR', undefined],
    ['OR MIT', undefined],
    ['MIT Apache-2.0', undefined],
    ['(MIT', undefined],
    ['MIT)', undefined],
    ['()', undefined],
    ['MIT WITH', undefined],
    ['__proto__', undefined],
  ])('%s is %s', (written, expression) => {
    expect(spdx(written)).toBe(expression)
  })

  test('a hundred thousand brackets', () => {
    expect(spdx('('.repeat(100_000))).toBeUndefined()
  })

  test('an expression that was accepted is accepted again, unchanged', () => {
    const word = fc.constantFrom('MIT', 'eupl-1.2', '(', ')', 'and', 'OR', 'with', 'GPL-2.0+', 'x')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), words => {
        const once = spdx(words.join(' '))
        if (once !== undefined) expect(spdx(once)).toBe(once)
      }),
    )
  })
})
