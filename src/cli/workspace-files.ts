import { fileURLToPath } from 'node:url'
import type { Assets } from '#src/http/assets.ts'

const packaged = (path: string): string => fileURLToPath(import.meta.resolve(path))
const ours = (name: string): string => fileURLToPath(new URL(`../platforms/web/assets/${name}`, import.meta.url))
const font = (weight: string): string =>
  packaged(`bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${weight}.woff2`)

/** Everything the workspace's pages load: the packages' own files, and ours. */
export const files: Assets = {
  'italia.css': { file: packaged('bootstrap-italia/dist/css/bootstrap-italia.min.css'), layer: 'italia' },
  'sprites.svg': packaged('bootstrap-italia/dist/svg/sprites.svg'),
  'titillium-regular.woff2': font('regular'),
  'titillium-italic.woff2': font('italic'),
  'titillium-600.woff2': font('600'),
  'titillium-700.woff2': font('700'),
  'htmx.min.js': packaged('htmx.org/dist/htmx.min.js'),
  'hx-sse.min.js': packaged('htmx.org/dist/ext/hx-sse.min.js'),
  ...Object.fromEntries(
    ['frame', 'fonts', 'sides', 'talk', 'forms', 'narrow'].map(name => [`${name}.css`, ours(`${name}.css`)]),
  ),
  'workspace.js': ours('workspace.js'),
  'icon.svg': ours('icon.svg'),
}
