import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawAddress } from '#src/outward/address.ts'

const raw = 'https://raw.githubusercontent.com/ente/progetto'

test.each([
  ['https://github.com/ente/progetto', [`${raw}/HEAD/publiccode.yml`]],
  [' https://www.github.com/ente/progetto.git/ ', [`${raw}/HEAD/publiccode.yml`]],
  ['https://github.com/ente/progetto/issues?q=x#y', [`${raw}/HEAD/publiccode.yml`]],
  ['https://github.com/ente/progetto/tree/develop', [`${raw}/develop/publiccode.yml`]],
  ['https://github.com/ente/progetto/blob/main/publiccode.yml?plain=1#L3', [`${raw}/main/publiccode.yml`]],
  ['https://github.com/ente/progetto/raw/main/a/publiccode.yml', [`${raw}/main/a/publiccode.yml`]],
  ['https://github.com/ente/progetto/blob/a/branch/publiccode.yml', [`${raw}/a/branch/publiccode.yml`]],
  ['https://github.com/ente', ['https://github.com/ente']],
  [`${raw}/main/publiccode.yml`, [`${raw}/main/publiccode.yml`]],
  ['https://gitlab.com/a/b/c', ['https://gitlab.com/a/b/c/-/raw/HEAD/publiccode.yml']],
  ['https://gitlab.com/a/b.git', ['https://gitlab.com/a/b/-/raw/HEAD/publiccode.yml']],
  ['https://gitlab.com/a/b/-/issues', ['https://gitlab.com/a/b/-/raw/HEAD/publiccode.yml']],
  ['https://gitlab.com/a/b/-/tree/dev', ['https://gitlab.com/a/b/-/raw/dev/publiccode.yml']],
  [
    'https://git.ente.it/a/b/-/blob/main/publiccode.yml?ref_type=heads',
    ['https://git.ente.it/a/b/-/raw/main/publiccode.yml'],
  ],
  ['https://git.ente.it/a/b', ['https://git.ente.it/a/b/-/raw/HEAD/publiccode.yml', 'https://git.ente.it/a/b']],
  ['https://git.ente.it/a/b/publiccode.yml?x=1', ['https://git.ente.it/a/b/publiccode.yml?x=1']],
  ['https://www.ente.it/', ['https://www.ente.it/']],
  ['https://bitbucket.org/ente/progetto', ['https://bitbucket.org/ente/progetto/raw/HEAD/publiccode.yml']],
  ['https://bitbucket.org/ente/progetto/src/main/', ['https://bitbucket.org/ente/progetto/raw/main/publiccode.yml']],
  [
    'https://bitbucket.org/ente/progetto/src/main/publiccode.yml',
    ['https://bitbucket.org/ente/progetto/raw/main/publiccode.yml'],
  ],
  ['http://github.com/ente/progetto', ['http://github.com/ente/progetto']],
  ['https://me:secret@github.com/ente/progetto', ['https://me:secret@github.com/ente/progetto']],
  ['https://github.com:8443/ente/progetto', ['https://github.com:8443/ente/progetto']],
  ['/etc/passwd', ['/etc/passwd']],
  ['', ['']],
])('%s', (address, candidates) => {
  expect(rawAddress(address)).toEqual(candidates)
})

test('a candidate is another host’s only for the pages of GitHub', () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['https'] }), address => {
      for (const candidate of rawAddress(address)) expect(URL.parse(candidate)?.host).toBe(URL.parse(address)?.host)
    }),
  )
})
