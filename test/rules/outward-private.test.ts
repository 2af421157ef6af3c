import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublicAddress } from '#src/outward/address.ts'
import { connecting, fetchText } from '#src/outward/fetch.ts'
import { anEar, aWeb } from '#test/support/web.ts'

describe('without anything injected', () => {
  test.each([
    ...[
      '127.0.0.1',
      '127.1',
      '127.8.9.10',
      '[::1]',
      'localhost',
      'LOCALHOST.',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
    ],
    ...['169.254.169.254', '100.64.0.1', '0.0.0.0', '[::]', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
    ...[
      '2130706433',
      '0x7f.1',
      '0x7f000001',
      '0177.0.0.1',
      '017700000001',
      '127.0.0.1.',
      '１２７.0.0.1',
      '127。0。0。1',
    ],
    ...['[::ffff:127.0.0.1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]', '[fe80::1]'],
    ...[
      '[fd00::1]',
      '[fc00::1]',
      '[ff02::1]',
      '[2001:db8::1]',
      '[2002:7f00:1::]',
      '[2001::1]',
      '[fec0::1]',
      '[100::1]',
    ],
  ])('https://%s/ is refused', async host => {
    expect(await fetchText(`https://${host}/`)).toEqual({ ok: false, reason: 'private-address' })
  })

  test.each([
    ['', 'not-https'],
    ['publiccode.yml', 'not-https'],
    ['http://example.org', 'not-https'],
    ['ftp://example.org', 'not-https'],
    ['data:,x', 'not-https'],
    ['https://', 'incomplete'],
    ['https://[::1', 'incomplete'],
    ['https://ada@example.org', 'credentials'],
    ['https://example.org:8443', 'other-port'],
  ])('%j is no address for us: %s', async (address, reason) => {
    expect(await fetchText(address)).toEqual({ ok: false, reason })
  })

  test('we connect where the lookup says, for the host that was asked', async () => {
    using ear = await anEar()
    const dispatcher = connecting((_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]))
    const options = { dispatcher: () => dispatcher, ports: [ear.port], resolve: async () => ['93.184.216.34'] }
    const fetching = fetchText(`https://animatore.example:${ear.port}/`, options)
    const hello = await ear.heard
    expect(hello[0]).toBe(0x16)
    expect(hello.toString('latin1')).toContain('animatore.example')
    expect(await fetching).toEqual({ ok: false, reason: 'unreachable' })
  })
})

describe('a name', () => {
  const fetch = async (resolve: () => Promise<string[]>, milliseconds = 5_000) => {
    using web = await aWeb({}, (_request, response) => void response.end('x'))
    const fetched = await fetchText('https://a.example/', { ...web.options, resolve, limits: { milliseconds } })
    return { fetched, connected: web.connected }
  }

  test.each([
    ['one public and one private address', ['93.184.216.34', '127.0.0.1'], 'private-address'],
    ['a private IPv6 address', ['2606:2800:220:1::1', 'fe80::1%eth0'], 'private-address'],
    ['something that is no address', ['a.example'], 'private-address'],
    ['nothing', [], 'unresolvable'],
  ])('with %s is refused', async (_what, addresses, reason) => {
    const { fetched, connected } = await fetch(async () => addresses)
    expect(fetched).toEqual({ ok: false, reason })
    expect(connected).toEqual([])
  })

  test('that does not resolve', async () => {
    const { fetched } = await fetch(() => Promise.reject(new Error('ENOTFOUND')))
    expect(fetched).toEqual({ ok: false, reason: 'unresolvable' })
  })

  test('that never resolves', async () => {
    const { fetched } = await fetch(() => new Promise<never>(() => {}), 50)
    expect(fetched).toEqual({ ok: false, reason: 'too-slow' })
  })

  test('that changes its mind after the check is not asked again', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']]
    const { fetched, connected } = await fetch(async () => answers.shift() ?? [])
    expect(fetched).toMatchObject({ ok: true })
    expect(connected).toEqual(['93.184.216.34'])
    expect(answers).toEqual([['127.0.0.1']])
  })
})

describe('addresses', () => {
  test.each([
    '8.8.8.8',
    '93.184.216.34',
    '100.63.255.255',
    '172.32.0.1',
    '223.255.255.255',
    '2a00:1450::1',
    '2606:2800::1',
  ])('%s is public', address => {
    expect(isPublicAddress(address)).toBe(true)
  })

  const byte = fc.integer({ min: 0, max: 255 })
  test('no private IPv4 address is public, nor is any IPv4 address written in IPv6', () => {
    const start = fc.constantFrom(
      [10],
      [127],
      [0],
      [192, 168],
      [169, 254],
      [172, 20],
      [100, 100],
      [239],
      [250],
      [198, 19],
    )
    fc.assert(
      fc.property(start, byte, byte, byte, (head, a, b, c) => {
        const address = [...head, a, b, c].slice(0, 4).join('.')
        expect(isPublicAddress(address)).toBe(false)
      }),
    )
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'), (address, prefix) => {
        expect(isPublicAddress(`${prefix}${address}`)).toBe(false)
      }),
    )
  })

  test('whatever a person types, nothing but https with a public address is connected to', async () => {
    const typed = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map(rest => `https://${rest}`),
      fc.ipV6().map(ip => `https://[${ip}]`),
    )
    await fc.assert(
      fc.asyncProperty(typed, async address => {
        const tried: string[] = []
        const dispatcher = () => {
          tried.push(address)
          throw new Error('No network here')
        }
        const fetched = await fetchText(address, { resolve: async () => ['192.168.0.1'], dispatcher })
        expect(fetched.ok).toBe(false)
        const host = URL.parse(address)?.hostname.replace(/^\[|\]$/g, '') ?? ''
        if (tried.length > 0) expect(isPublicAddress(host)).toBe(true)
      }),
    )
  })
})
