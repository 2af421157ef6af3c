import fc from 'fast-check'

/** What people and programs type that they should not, and what they have every right to type. */
export const hostile = [
  '',
  '   \n\t ',
  '<!channel> @room *a_b* & "x"',
  '<@U123> <#C123|general> @here @everyone',
  '[clic](javascript:alert(1)) ![x](http://127.0.0.1/)',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '&lt;b&gt; &amp; &#x3C;',
  '# titolo\n- uno\n1. due\n> tre\n```\ncodice\n```',
  '\u202Eotset oihcsevor\u202C \u200F\u061C',
  'a\u0000b\u0007c\uD800',
  '👩🏽‍🔧🏳️‍🌈 caffè'.repeat(3),
  "'; DROP TABLE members; --",
  '{{name}} $t(core.help) %s ${x}',
  '__proto__',
  'x'.repeat(100_000),
  '\n'.repeat(1000),
  '999999999999999999999',
  '-1',
  '31/02/2027',
  'https://127.0.0.1/publiccode.yml',
  'https://[::1]/x',
  'file:///etc/passwd',
  'P-0001',
  'P-9999',
  'R-2027-0001',
  '1,2,3',
  'sì',
]
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
)
