import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'

/** A file that pages load; a style sheet may be put into a layer, to give way to those that are in none. */
export type Source = string | { file: string; layer: string }
/** By their names in the address. */
export type Assets = Readonly<Record<string, Source>>

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

interface Asset {
  bytes: Uint8Array<ArrayBuffer>
  type: string
  tag: string
}

function read(source: Source): Asset {
  const file = typeof source === 'string' ? source : source.file
  const bytes = new Uint8Array(typeof source === 'string' ? readFileSync(file) : layered(source))
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, tag, type: types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream' }
}

// The mark at the start of a file means nothing in the middle of a layer, and would break its first rule.
const layered = ({ file, layer }: Exclude<Source, string>): Buffer =>
  Buffer.from(`@layer ${layer} {\n${readFileSync(file, 'utf8').replace(/^\uFEFF/, '')}\n}\n`)

/** Serves these files and no others, each read once. A browser asks whether they changed, and mostly hears that they did not. */
export function assets(files: Assets): Hono {
  const known = new Map<string, Asset>()
  const found = (name: string): Asset | undefined => {
    const source = Object.hasOwn(files, name) ? files[name] : undefined
    if (source === undefined) return undefined
    const asset = known.get(name) ?? read(source)
    known.set(name, asset)
    return asset
  }
  return new Hono().get('/:name', c => answer(c, found(c.req.param('name'))))
}

function answer(c: Context, asset: Asset | undefined): Response {
  if (!asset) return c.body(null, 404)
  c.header('ETag', asset.tag)
  c.header('Cache-Control', 'no-cache')
  if (c.req.header('if-none-match') === asset.tag) return c.body(null, 304)
  c.header('Content-Type', asset.type)
  return c.body(asset.bytes)
}
