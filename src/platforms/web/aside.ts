import { type Html, html, nothing, posting } from './html.ts'
import { icon } from './icon.ts'
import { line } from './markdown.ts'
import { pageOf } from './paths.ts'
import { lastDay } from './read.ts'
import { closing } from './sidebar.ts'
import type { View } from './view.ts'
import { directId, type Job, type Step } from './workspace.ts'

/** What the time is, and what to try first. */
export const aside = (view: View): Html => html`
  <aside class="aside" id="guide" popover aria-label="${view.t.plain(view.t('web.guide'))}">
    ${closing('guide', view)}
    ${time(view)}
    ${firstSteps(view)}
  </aside>`

/** The clock runs as any clock, and can be moved on: what falls due on the way happens, each thing at its own time. */
function time({ t, now, next, at, person }: View): Html {
  const today = now.toZonedDateTimeISO(person.timezone).toPlainDate()
  const button = (to: string, words: string, look = 'btn-outline-primary'): Html =>
    html`<button class="btn btn-sm ${look}" name="to" value="${to}">${words}</button>`
  return html`<section class="time" aria-labelledby="time-title">
    <h2 id="time-title">${t.plain(t('web.time.title'))}</h2>
    <p role="status" class="now">${t.moment(now)} <span class="year">${today.year}</span></p>
    <form ${posting(at.clock)}>
      ${button('next', t.plain(t('web.time.next')), 'btn-primary')}
      <p class="hint">${next ? t.plain(t('web.time.due', { when: t.moment(next) })) : t.plain(t('web.time.nothingDue'))}</p>
      <div class="jumps">${button('day', t.plain(t('web.time.day')))} ${button('week', t.plain(t('web.time.week')))}</div>
    </form>
    <details id="to-date"><summary>${t.plain(t('web.time.choose'))}</summary>
      <form class="to-date" ${posting(at.clock)}>
        <label for="date">${t.plain(t('web.time.date'))}</label>
        <input class="form-control" type="date" id="date" name="date" min="${String(today)}" max="${String(lastDay(today))}" value="${String(today)}" required>
        ${button('date', t.plain(t('web.time.go')))}
      </form>
    </details>
  </section>`
}

const firstSteps = (view: View): Html => html`
  <section class="first-steps" aria-labelledby="steps-title">
    <h2 id="steps-title">${view.t.plain(view.t('web.steps.title'))}</h2>
    ${view.jobs.map(each => job(each, view))}
  </section>`

function job({ name, steps }: Job, view: View): Html {
  const { t } = view
  const done = steps.filter(step => step.done).length
  const tally = t.plain(t('web.steps.tally', { done, count: steps.length }))
  return html`<details id="job-${name}"${done < steps.length ? html` open` : ''}>
    <summary><span>${t.plain(t.byName(`web.steps.${name}.title`))}</span> <small>${tally}</small></summary>
    <ol class="steps">${steps.map(each => step(each, name, view))}</ol>
  </details>`
}

function step({ name, done, by }: Step, job: string, { t, people, person }: View): Html {
  const who = by && people.find(({ roles }) => (by === 'anyone' ? roles.length <= 1 : roles.includes(by)))
  const link =
    done || !who || who.id === person.id
      ? nothing
      : html` <a href="${pageOf(who.account, directId(who.account))}">${t.plain(t('web.steps.as', { name: who.name }))}</a>`
  const mark = t.plain(done ? t('web.steps.done') : t('web.steps.open'))
  return html`<li class="${done ? 'done' : 'open'}" data-step="${name}">
    <span class="tick">${done ? icon('check') : ''}<span class="visually-hidden">${mark}</span></span>
    <span>${line(t.byName(`web.steps.${job}.${name}`))}${link}</span>
  </li>`
}
