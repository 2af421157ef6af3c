import type { Tx, World } from '#src/core/feature.ts'
import type { Block, Choice, Message, Translate } from '#src/core/message.ts'
import { laboratoriesOf } from '#src/features/laboratories/store.ts'
import { adoptionsOfOrganization, numberOf, type Practice, publishedPractices } from '#src/features/practices/store.ts'
import { choices, coordinators, fact, nameOf, run, text } from './messages.ts'
import { nextStep } from './rules.ts'
import type { Community } from './store.ts'
import type { Kept } from './telling.ts'

const MOST_SHOWN = 5

/** What is there for her, who answers, and the one thing to do next; `told` when her community has heard of her. */
export async function welcome(
  community: Community,
  kept: Kept & { told: boolean },
  t: Translate,
  { tx }: World,
): Promise<Message> {
  const practices = await publishedPractices(tx, { community: community.id })
  const name = nameOf(t, community)
  return {
    summary: t('communities.welcome.summary', { name }),
    blocks: [
      text(t('communities.welcome.text', { name })),
      ...shelf(t, practices),
      await people(t, tx, community.id),
      ...(kept.told ? [text(t('communities.welcome.introduced'))] : []),
      ...(await suggestion(t, tx, kept, practices)),
    ],
  }
}

function shelf(t: Translate, practices: readonly Practice[]): Block[] {
  if (practices.length === 0) return [text(t('communities.welcome.noPractices'))]
  const shown = practices.slice(0, MOST_SHOWN).map(practice => {
    const values = { number: numberOf(practice), title: practice.title }
    return practice.kit
      ? t('communities.welcome.practiceWithKit', { ...values, kit: practice.kit })
      : t('communities.welcome.practice', values)
  })
  const more = practices.length > shown.length ? [text(t('communities.welcome.more', { total: practices.length }))] : []
  return [text(t('communities.welcome.practices')), { type: 'items', items: shown }, ...more]
}

async function people(t: Translate, tx: Tx, community: string): Promise<Block> {
  const laboratories = (await laboratoriesOf(tx, community)).map(({ name }) => t.local(name))
  const support = laboratories.length > 0 ? t.literal(t.list(laboratories)) : t('communities.welcome.noLaboratory')
  const names = await coordinators(t, tx, community)
  const coordinates = names === undefined ? t('communities.welcome.noCoordinator') : t.literal(names)
  return {
    type: 'facts',
    facts: [
      fact(t('communities.welcome.laboratory'), support),
      fact(t('communities.welcome.coordinator'), coordinates),
    ],
  }
}

async function suggestion(t: Translate, tx: Tx, { profile, organization }: Kept, practices: readonly Practice[]) {
  const begun = (await adoptionsOfOrganization(tx, organization.id)).map(each => each.practice)
  const wanted = practices.filter(
    each => profile.interests.includes(numberOf(each)) && each.provider !== organization.id && !begun.includes(each.id),
  )
  const step = nextStep({ needs: profile.needs, adoptable: wanted.length })
  const number = wanted[0] ? numberOf(wanted[0]) : ''
  const steps: Record<typeof step, Choice> = {
    ask: run(t('communities.next.askLabel'), 'laboratories.request'),
    adopt: {
      label: t('communities.next.adoptLabel', { number }),
      action: 'practices.adopt',
      value: wanted[0]?.id ?? '',
    },
    browse: run(t('communities.next.browseLabel'), 'practices.list'),
  }
  return [text(t(`communities.next.${step}`, { number })), ...choices({ ...steps[step], style: 'primary' })]
}
