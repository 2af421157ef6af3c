import type { Entry } from './history.ts'
import { positionOf } from './history.ts'
import { attributes, type Html, html, nothing, posting } from './html.ts'
import { drawn } from './render.ts'
import type { Threaded, View } from './view.ts'

/** What was said here, by day, each message with its thread. */
export function messages(view: View): Html {
  let before = ''
  return html`${view.said.map(each => {
    const day = dayOf(each.entry, view)
    const first = day !== before
    before = day
    return html`${first ? html`<li class="day"><span>${day}</span></li>` : ''}${threaded(each, view)}`
  })}`
}

const instantOf = ({ at }: Entry): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at)
const dayOf = (entry: Entry, { t }: View): string => t.day(instantOf(entry))

const threaded = ({ entry, replies }: Threaded, view: View): Html => {
  const thread =
    replies.length > 0 ? html`<ol class="thread">${replies.map(reply => message(reply, view, nothing))}</ol>` : nothing
  const open = entry.message && !entry.onlyFor
  return message(entry, view, html`${thread}${open ? replyBox(entry, view) : ''}`)
}

function message(entry: Entry, view: View, beneath: Html): Html {
  const { t, person } = view
  const id = `m${positionOf(entry)}`
  const mine = entry.said?.by === person.id
  const name = nameOf(entry, view)
  const about = {
    id,
    tabindex: -1,
    class: `message ${entry.message ? 'bot' : mine ? 'mine' : 'other'}${entry.onlyFor ? ' only' : ''}`,
  }
  return html`<li${attributes(about)}>
    <span class="avatar" aria-hidden="true">${entry.message ? '✳' : initials(name)}</span>
    <div class="bubble">
      <p class="by" id="${id}-by"><strong>${name}</strong> ${clock(entry, view)}${
        entry.onlyFor && !view.here.direct ? html` <span class="onlyfor">${t.plain(t('web.onlyForYou'))}</span>` : ''
      }</p>
      <div class="said"${attributes({ lang: entry.lang })}>${content(entry, view, id)}</div>
      ${beneath}
    </div>
  </li>`
}

const content = (entry: Entry, { at, t, token }: View, id: string): Html =>
  entry.message
    ? drawn(entry.message, { t, file: at.file, press: { action: at.press, on: entry.ref, token }, by: `${id}-by` })
    : html`<p class="words typed">${entry.said?.text}</p>${
        entry.said?.file
          ? html`<p class="attached"><a href="${at.file(entry.said.file)}" download>${t.plain(t('web.attachment'))}</a></p>`
          : ''
      }`

const nameOf = ({ said }: Entry, { t, people }: View): string => {
  if (!said) return t.plain(t('web.bot'))
  return people.find(({ id }) => id === said.by)?.name ?? t.plain(t('web.somebody'))
}

/** Up to two letters that stand for a name. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map(word => [...word][0] ?? '')
    .join('')
    .toUpperCase()

const clock = (entry: Entry, { t, person }: View): Html => {
  const at = instantOf(entry)
  const { hour, minute } = at.toZonedDateTimeISO(person.timezone)
  return html`<time datetime="${String(at)}" title="${t.moment(at)}">${hour}:${String(minute).padStart(2, '0')}</time>`
}

function replyBox(entry: Entry, { t, at, token }: View): Html {
  const id = `reply-${positionOf(entry)}`
  return html`<details class="reply" id="${id}-box"><summary>${t.plain(t('web.reply.open'))}</summary>
    <form class="composer" ${posting(at.say)} data-sends>
      <input type="hidden" name="id" value="${token}-${positionOf(entry)}">
      <input type="hidden" name="thread" value="${entry.key}">
      <label class="visually-hidden" for="${id}">${t.plain(t('web.reply.label'))}</label>
      <textarea class="form-control" id="${id}" name="text" rows="1" required hx-morph-skip></textarea>
      <button class="btn btn-primary btn-sm">${t.plain(t('web.reply.send'))}</button>
    </form>
  </details>`
}
