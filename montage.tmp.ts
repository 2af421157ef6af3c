import { chromium } from 'playwright-core'
const [,, out, w, ...files] = process.argv
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const p = await b.newPage({ viewport: { width: Number(w), height: 100 } })
await p.evaluate(() => { document.body.style.cssText = 'margin:0;display:flex;flex-wrap:wrap;gap:8px;background:#888' })
const { readFileSync } = await import('node:fs')
await p.evaluate(srcs => { for (const s of srcs) { const i = new Image(); i.src = s; document.body.append(i) } }, files.map(f => 'data:image/png;base64,' + readFileSync('/tmp/scratch/shots/j/' + f).toString('base64')))
await p.waitForTimeout(500)
await p.screenshot({ path: out!, fullPage: true })
await b.close()
