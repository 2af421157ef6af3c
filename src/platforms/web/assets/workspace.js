// What plain HTML cannot do: Enter sends, the box empties once its words are sent, and focus goes where the page goes on.
// Everything here is a comfort: without it the page reads and, reloaded, works.

const isWriting = element => element instanceof HTMLTextAreaElement && element.name === 'text'

document.addEventListener('keydown', event => {
  const sends = event.key === 'Enter' && !event.shiftKey && !event.isComposing && isWriting(event.target)
  if (!sends) return
  event.preventDefault()
  if (event.target.value.trim() !== '') event.target.form.requestSubmit()
})

/** A box grows with what is written in it. */
const grow = box => {
  box.style.height = 'auto'
  box.style.height = `${Math.min(box.scrollHeight + 2, 200)}px`
}
document.addEventListener('input', event => {
  if (isWriting(event.target)) grow(event.target)
})

/** What was asked by the person at this page, and not by news from elsewhere. */
const isHers = ({ detail }) => detail?.ctx?.request?.method === 'POST'

// The news of what she did may reach the page before the answer does: what opens from then on is hers all the same.
let acting = false
let form = document.querySelector('.form-panel')?.id

let from = ''
document.addEventListener('htmx:before:request', event => {
  if (!isHers(event)) return
  const sent = event.detail.ctx.sourceElement
  if (sent.matches('form[data-sends]') && isEmpty(event.detail.ctx.request.body)) return event.preventDefault()
  acting = true
  document.documentElement.setAttribute('aria-busy', 'true')
  from = sent.closest('.message')?.id ?? ''
  if (sent.matches('form[data-sends]')) empty(sent)
})

document.addEventListener('htmx:after:swap', () => {
  const panel = document.querySelector('.form-panel')
  const fresh = panel && panel.id !== form
  form = panel?.id
  if (!acting) return
  if (fresh) (panel.querySelector('[aria-invalid], .wrong[tabindex]') ?? panel.querySelector('.begin')).focus()
  else if (document.activeElement === document.body) goOn()
})

document.addEventListener('htmx:finally:request', event => {
  if (!isHers(event)) return
  acting = false
  document.documentElement.removeAttribute('aria-busy')
})

/** The second press of two finds nothing to send, and what is written meanwhile is not its own to take. */
const isEmpty = body => !body.get('text')?.trim() && !body.get('file')?.size

// Words on their way have left the box; those that did not arrive are put back into it.
let leaving = ''
const empty = form => {
  const box = form.elements.namedItem('text')
  leaving = box.value
  form.reset()
  grow(box)
}
document.addEventListener('htmx:error', event => {
  const box = event.detail?.ctx?.sourceElement?.elements?.namedItem('text')
  if (isHers(event) && box && box.value === '') box.value = leaving
})

/** That nobody answers is said; it is over when somebody does. */
const away = document.getElementById('away')
document.addEventListener('htmx:error', event => {
  if (away && isHers(event)) away.hidden = false
})
document.addEventListener('htmx:after:swap', () => {
  if (away) away.hidden = true
})

/** The button that was pressed is gone: on from its message, else from the last. Not to the box: on a phone it opens the keys. */
const goOn = () => {
  const last = [...document.querySelectorAll('.message')].at(-1)
  const next = document.getElementById(from) ?? last ?? document.getElementById('main')
  next?.focus({ preventScroll: true })
}

/** What is no page of ours, a refusal for instance, does not take the page's place. */
document.addEventListener('htmx:before:swap', event => {
  const { select, text } = event.detail?.ctx ?? {}
  if (select === '#workspace' && !text?.includes('id="workspace"')) event.preventDefault()
})

/** A field with an error is gone to from the list above the form. */
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('.problems a') : null
  if (!link) return
  event.preventDefault()
  document.getElementById(link.hash.slice(1))?.focus()
})
