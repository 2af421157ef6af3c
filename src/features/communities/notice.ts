import type { World } from '#src/core/feature.ts'
import type { Block, Markdown, Message, Translate } from '#src/core/message.ts'
import { beginChoice, choices, fact, nameOf, run, text } from './messages.ts'
import { type Community, communities, membershipsOf } from './store.ts'

/** How her data is used, before anything is asked. */
export const notice = (t: Translate, community: Community): Message => ({
  summary: t('communities.notice.summary', { name: nameOf(t, community) }),
  blocks: [
    text(t('communities.notice.hello', { name: nameOf(t, community) })),
    facts(t, t.literal(community.controller), t.literal(community.privacyContact)),
    text(t('communities.notice.next')),
    ...choices(beginChoice(t, community)),
  ],
})

function facts(t: Translate, controller: Markdown, contact: Markdown): Block {
  const rights = t('communities.notice.rightsText', { contact: t.plain(contact) })
  return {
    type: 'facts',
    facts: [
      fact(t('communities.notice.controller'), controller),
      fact(t('communities.notice.purpose'), t('communities.notice.purposeText')),
      fact(t('communities.notice.kept'), t('communities.notice.keptText')),
      fact(t('communities.notice.howLong'), t('communities.notice.howLongText')),
      fact(t('communities.notice.rights'), rights),
    ],
  }
}

/** The same at any later time, for all the communities she is in, with what she can do. */
export async function noticeAgain(t: Translate, member: string, { tx }: World): Promise<Message> {
  const hers = (await membershipsOf(tx, member)).filter(({ state }) => state !== 'left').map(row => row.community)
  const all = await communities(tx)
  const concerned = hers.length > 0 ? all.filter(({ id }) => hers.includes(id)) : all
  const controllers = Map.groupBy(concerned, ({ controller }) => controller)
  const told = [...controllers].map(([controller, its]) => {
    const names = t.list(its.map(each => nameOf(t, each)))
    return t.plain(t('communities.notice.controllerOf', { controller, names, count: its.length }))
  })
  const contacts = [...new Set(concerned.map(({ privacyContact }) => privacyContact))]
  return {
    summary: t('communities.privacy.summary'),
    blocks: [
      text(t('communities.notice.again')),
      concerned.length > 0
        ? facts(t, t.literal(told.join('\n')), t.literal(t.list(contacts)))
        : text(t('communities.notice.none')),
      ...choices(run(t('communities.privacy.download'), 'communities.privacyExport'), {
        ...run(t('communities.privacy.erase'), 'communities.privacyErase'),
        style: 'danger',
      }),
    ],
  }
}
