import type { Community, Person } from './community.ts'

/** A whole proposal; a test names only what it is about. */
export const aProposal = (given: Record<string, string> = {}): Record<string, string> => ({
  title: 'Pratiche edilizie in chiaro',
  summary: 'Chi costruisce vede a che punto è la domanda.',
  description: 'Il Comune pubblica ogni passo.\nChi ha fatto domanda riceve un avviso.',
  provider: 'Comune di Terni',
  community: 'suape',
  kit: 'https://kit.example.org/edilizia',
  repository: 'https://git.example.org/terni/edilizia',
  licence: 'eupl-1.2',
  categories: 'edilizia, sportello',
  ...given,
})

export async function proposes(person: Person, given: Record<string, string> = {}): Promise<void> {
  await person.says('pratica proponi')
  await person.answers(aProposal(given))
}

/** A practice that is out: proposed by its provider, published by the coordinator. The first is P-0005. */
export async function published(bot: Community, given: Record<string, string> = {}): Promise<void> {
  await proposes(bot.provider, given)
  await bot.coordinator.presses('practices.publish')
}
