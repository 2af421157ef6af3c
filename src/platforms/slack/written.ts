const NAMED = { here: '@here', channel: '@channel', everyone: '@everyone' }

/** What a person wrote, as she saw it: Slack's marks for links, people and channels become words, its escapes letters. */
export const asWritten = (text: string, nameOf: (user: string) => string | undefined = () => undefined): string =>
  text
    .replaceAll(
      /<@([A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, user: string, label?: string) => `@${label || nameOf(user) || user}`,
    )
    .replaceAll(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, (_, label?: string) => `#${label ?? ''}`)
    .replaceAll(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, (_, who: keyof typeof NAMED) => NAMED[who])
    .replaceAll(/<!subteam\^[A-Z0-9]+(?:\|([^>]*))?>/g, (_, label?: string) => label ?? '')
    .replaceAll(/<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>/g, (_, url: string) => url.replace(/^mailto:/, ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
