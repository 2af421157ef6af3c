import { longest } from '../forms.ts'
import type { PublicCode } from '../publiccode.ts'
import { shortened } from '../rules.ts'
import type { Draft } from '../schema.ts'

/** The text in the language of the programme, else in Italian, in English, in any. */
const inLanguage = <T>(texts: Record<string, T>, locale: string): T | undefined =>
  texts[locale] ?? texts.it ?? texts.en ?? Object.values(texts)[0]

/** What a file says, as a proposal. The summary stays empty when the file's does not fit: nobody's words are cut unseen. */
export function draftOf(code: PublicCode, locale: string, provider: string | undefined): Draft {
  const summary = inLanguage(code.summaries, locale) ?? ''
  const features = (inLanguage(code.features, locale) ?? []).map(feature => `- ${feature}`).join('\n')
  const description = inLanguage(code.descriptions, locale) ?? (features || summary || code.name)
  const kit = [code.documentation, code.landingUrl].find(address => address?.startsWith('https:'))
  return {
    title: shortened(code.name, longest.title),
    summary: [...summary].length <= longest.summary ? summary : '',
    description: shortened(description, longest.description),
    repository: code.url,
    licence: code.licence,
    categories: code.categories.filter(each => [...each].length <= 40).slice(0, 10),
    ...(provider && { provider }),
    ...(kit && { kit }),
    ...(code.version && { version: shortened(code.version, longest.version) }),
  }
}
