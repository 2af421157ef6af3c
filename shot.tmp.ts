import { chromium } from 'playwright-core'
const [,, base='http://127.0.0.1:8199', out='/tmp/scratch/shots'] = process.argv
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
const steps = async (w:number,h:number,tag:string) => {
  const p = await b.newPage({ viewport: { width: w, height: h }, locale: 'it-IT' })
  p.on('console', m => console.log(tag, 'console', m.type(), m.text().slice(0,300))); p.on('pageerror', e => console.log('ERR', e.message)); p.on('requestfailed', r => console.log('failed', r.url()))
  await p.goto(base + '/as/reuser/in/dm'); await p.waitForTimeout(500)
  await p.screenshot({ path: `${out}/${tag}-1.png` })
  await p.fill('#text', 'aiuto'); await p.press('#text', 'Enter'); await p.waitForTimeout(800)
  await p.screenshot({ path: `${out}/${tag}-2.png` })
  await p.fill('#text', 'pratica proponi'); await p.press('#text', 'Enter'); await p.waitForTimeout(800)
  await p.screenshot({ path: `${out}/${tag}-3.png` })
  await p.click('.form-panel .btn-primary'); await p.waitForTimeout(800)
  await p.screenshot({ path: `${out}/${tag}-4.png` })
  console.log(await p.evaluate(() => document.activeElement?.outerHTML.slice(0,120)))
  await p.goto(base + '/as/newcomer/in/suape'); await p.waitForTimeout(300)
  await p.screenshot({ path: `${out}/${tag}-5.png` })
  if (w < 1000) { await p.click('text=Luoghi'); await p.waitForTimeout(200); await p.screenshot({ path: `${out}/${tag}-6.png` }); await p.keyboard.press('Escape'); await p.click('text=Tempo e passi'); await p.waitForTimeout(200); await p.screenshot({ path: `${out}/${tag}-7.png` }) }
  await p.close()
}
await steps(1280, 800, 'desk'); await steps(360, 740, 'phone')
await b.close()
