import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'

/** A file that pages load, by its name in the address. */
export type Assets = Readonly<Record<string, string>>

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

function read(file: string): Asset {
  const bytes = new Uint8Array(readFileSync(file))
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, tag, type: types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream' }
}

/** Serves these files and no others, each read once. A browser asks whether they changed, and mostly hears that they did not. */
export function assets(files: Assets): Hono {
  const known = new Map<string, Asset>()
  const found = (name: string): Asset | undefined => {
    const file = Object.hasOwn(files, name) ? files[name] : undefined
    if (file === undefined) return undefined
    const asset = known.get(name) ?? read(file)
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
