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

document.addEventListener('htmx:after:request', event => {
  const form = event.detail?.ctx?.sourceElement
  if (!isHers(event) || !form?.matches?.('form[data-sends]')) return
  form.reset()
  for (const box of form.querySelectorAll('textarea')) grow(box)
})

// The news of what she did may reach the page before the answer does: what opens from then on is hers all the same.
let acting = false
let form = document.querySelector('.form-panel')?.id

document.addEventListener('htmx:before:request', event => {
  if (isHers(event)) acting = true
})

document.addEventListener('htmx:after:swap', () => {
  const panel = document.querySelector('.form-panel')
  const fresh = panel && panel.id !== form
  form = panel?.id
  if (!acting) return
  if (fresh) (panel.querySelector('[aria-invalid], .wrong[tabindex]') ?? panel.querySelector('.begin')).focus()
  else if (document.activeElement === document.body) document.getElementById('text')?.focus()
})

document.addEventListener('htmx:finally:request', event => {
  if (isHers(event)) acting = false
})

/** A field with an error is gone to from the list above the form. */
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('.problems a') : null
  if (!link) return
  event.preventDefault()
  document.getElementById(link.hash.slice(1))?.focus()
})
