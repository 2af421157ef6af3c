import { type Html, html } from './html.ts'

/** A drawing from the design system's own sheet; it decorates and never means. */
export const icon = (name: string): Html =>
  html`<svg class="icon icon-sm" aria-hidden="true"><use href="/assets/sprites.svg#it-${name}"></use></svg>`
