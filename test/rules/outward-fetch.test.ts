import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { fetchText } from '#src/outward/fetch.ts'
import { aWeb } from '#test/support/web.ts'

const names = {
  'a.example': ['93.184.216.34'],
  'b.example': ['93.184.216.35', '2606:2800:220:1::1'],
  'inside.example': ['10.0.0.7'],
}

describe('an address is fetched', () => {
  test('as text, politely, and without cookies', async () => {
    using web = await aWeb(names, (request, response) => {
      response.setHeader('set-cookie', 'a=b')
      response.end(`${request.headers.host} ${request.headers['user-agent']} ${request.headers.cookie} perché`)
    })
    const fetched = await fetchText('https://a.example/publiccode.yml#top', web.options)
    expect(fetched).toEqual({
      ok: true,
      text: 'a.example animatore undefined perché',
      address: 'https://a.example/publiccode.yml#top',
    })
    expect(web.connected).toEqual(['93.184.216.34'])
  })

  test('through redirects, each of them resolved once and checked', async () => {
    using web = await aWeb(names, (request, response) => {
      if (request.headers.host === 'a.example') response.writeHead(302, { location: '//b.example/there' }).end()
      else response.end(`${request.url} ${request.headers.referer}`)
    })
    const fetched = await fetchText('https://a.example/here', web.options)
    expect(fetched).toEqual({ ok: true, text: '/there undefined', address: 'https://b.example/there' })
    expect(web.resolved).toEqual(['a.example', 'b.example'])
    expect(web.connected).toEqual(['93.184.216.34', '93.184.216.35', '2606:2800:220:1::1'])
  })

  test('compressed', async () => {
    using web = await aWeb(names, (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('name: x'))
    })
    expect(await fetchText('https://a.example/', web.options)).toMatchObject({ ok: true, text: 'name: x' })
  })

  test('only in UTF-8', async () => {
    using web = await aWeb(names, (_request, response) => void response.end(Buffer.from('attività', 'latin1')))
    expect(await fetchText('https://a.example/', web.options)).toEqual({ ok: false, reason: 'not-utf8' })
  })

  test('from another port only where that is allowed', async () => {
    using web = await aWeb(names, (_request, response) => void response.end('x'))
    expect(await fetchText('https://a.example:8443/', web.options)).toEqual({ ok: false, reason: 'other-port' })
    expect(await fetchText('https://a.example:8443/', { ...web.options, ports: [8443] })).toMatchObject({ ok: true })
  })
})

describe('what a server cannot do', () => {
  test.each([
    ['to a private address', 'https://10.0.0.1/', 'private-address'],
    ['to this machine', 'https://localhost/', 'private-address'],
    ['to nowhere', 'https://nobody.example/', 'unresolvable'],
    ['to a name that is private', 'https://inside.example/', 'private-address'],
    ['to plain http', 'http://b.example/', 'not-https'],
    ['to a file', 'file:///etc/passwd', 'not-https'],
    ['to a user and password', 'https://u:p@b.example/', 'credentials'],
    ['to another port', 'https://b.example:22/', 'other-port'],
    ['to itself, for ever', '/', 'too-many-redirects'],
  ])('send us on %s', async (_where, location, reason) => {
    using web = await aWeb(names, (_request, response) => void response.writeHead(307, { location }).end())
    expect(await fetchText('https://a.example/', web.options)).toEqual({ ok: false, reason })
    expect(new Set(web.connected)).toEqual(new Set(['93.184.216.34']))
  })

  test('follow more redirects than are allowed', async () => {
    using web = await aWeb(names, (request, response) => {
      const next = Number(request.url?.slice(1)) + 1
      if (next > 3) response.end('there')
      else response.writeHead(301, { location: `/${next}` }).end()
    })
    expect(await fetchText('https://a.example/0', web.options)).toMatchObject({ ok: true, text: 'there' })
    expect(await fetchText('https://a.example/0', { ...web.options, limits: { redirects: 2 } })).toEqual({
      ok: false,
      reason: 'too-many-redirects',
    })
  })

  test.each([
    ['says so', { 'content-length': '2000' }, Buffer.alloc(2000)],
    ['does not say so', {}, Buffer.alloc(2000)],
    ['hides it in a gzip', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(50_000_000))],
    ['hides it in two', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync(Buffer.alloc(50_000_000)))],
  ])('send too much when it %s', async (_how, headers, body) => {
    using web = await aWeb(names, (_request, response) => void response.writeHead(200, headers).end(body))
    const fetched = await fetchText('https://a.example/', { ...web.options, limits: { bytes: 1000 } })
    expect(fetched).toEqual({ ok: false, reason: 'too-large' })
  })

  test('send for ever', async () => {
    const hungUp = Promise.withResolvers<void>()
    using web = await aWeb(names, (_request, response) => {
      const more = () => void (response.write('x'.repeat(1000)) ? setImmediate(more) : response.once('drain', more))
      response.once('close', hungUp.resolve)
      more()
    })
    expect(await fetchText('https://a.example/', web.options)).toEqual({ ok: false, reason: 'too-large' })
    await hungUp.promise
  })

  test('lie about the length', async () => {
    using web = await aWeb(names, request => {
      request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcdefghijkl')
    })
    const fetched = await fetchText('https://a.example/', { ...web.options, limits: { bytes: 10 } })
    expect(fetched).toMatchObject({ ok: true, text: 'abc' })
  })

  test.each([
    ['answers nothing', 0],
    ['stops halfway', 1],
  ])('keep us waiting when it %s', async (_how, bytes) => {
    using web = await aWeb(names, (_request, response) => void (bytes && response.write('x')))
    const fetched = await fetchText('https://a.example/', { ...web.options, limits: { milliseconds: 100 } })
    expect(fetched).toEqual({ ok: false, reason: 'too-slow' })
  })

  test.each([
    [404, {}],
    [500, {}],
    [304, {}],
    [302, {}],
    [302, { location: 'https://' }],
  ])('pass off a %i as a file', async (status, headers) => {
    using web = await aWeb(names, (_request, response) => void response.writeHead(status, headers).end())
    expect(await fetchText('https://a.example/', web.options)).toEqual({ ok: false, reason: 'status', status })
  })

  test.each(['nonsense\r\n\r\n', '', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc'])(
    'break us with %j',
    async answer => {
      using web = await aWeb(names, request => void request.socket.end(answer))
      expect(await fetchText('https://a.example/', web.options)).toEqual({ ok: false, reason: 'unreachable' })
    },
  )
})
