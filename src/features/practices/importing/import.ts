import type { World } from '#src/core/feature.ts'
import { onSubmit } from '#src/core/feature.ts'
import { address, short } from '#src/core/fields.ts'
import type { Problem } from '#src/core/form.ts'
import { type Member, type Of, problems, type Reply, say } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import { textIn } from '#src/core/utf8.ts'
import { dropFile, storedFile } from '#src/storage/files.ts'
import { member } from '#src/storage/members.ts'
import { organization, organizationByIpa } from '#src/storage/organizations.ts'
import { programme } from '#src/storage/settings.ts'
import { practiceWithRepository } from '../catalogue/store.ts'
import { completion } from '../forms.ts'
import { told } from '../messages.ts'
import { propose, proposers, whose } from '../proposals/propose.ts'
import { settled } from '../proposals/provider.ts'
import { largestPublicCode, readPublicCode } from '../publiccode.ts'
import { type FetchAsked, readAsked, readFetched } from '../read.ts'
import { addressesOf } from '../rules.ts'
import { standing } from '../standing.ts'
import { phrase } from '../subject.ts'
import { draftOf } from './draft.ts'
import { alreadyThere, findings, notFetched, readWell } from './messages.ts'
import { type DraftRow, draft, keepDraft, takeDraft } from './store.ts'

/** How long a draft waits to be completed. */
const KEPT = Temporal.Duration.from({ hours: 90 * 24 })

/** Reads the file that came along, or sends for the address. A path means nothing here: files on the server are not read. */
export async function openImport(from: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(from.member)
  if ((await standing(world.tx, from.member.id)).economicOperator)
    return say(told(t('practices.refused.economic-operator')))
  if (from.file) return fromFile(from.file, from, world)
  const parsed = address().parse(from.text)
  if (!parsed.ok) return say(told(how(world, from, parsed.problem)))
  const about: FetchAsked = { member: from.member.id, address: parsed.value, cause: from.id }
  await world.errands.run({
    name: 'fetch',
    input: { addresses: addressesOf(parsed.value) },
    key: `practices:import:${from.id}`,
    backTo: 'practices.fetched',
    about: JSON.stringify(about),
  })
  return say(told(t('practices.import.reading')))
}

const how = ({ t }: World, { member: reader, text }: Of<'command'>, { key }: Problem) => {
  if (key === 'core.problems.credentials') return t(reader)(key)
  const values = { example: `${phrase(t(reader), 'import')} https://github.com/ente/progetto/blob/main/publiccode.yml` }
  return text === ''
    ? t(reader)('practices.import.how', values)
    : t(reader)('practices.import.notAnAddress', { ...values, given: short(text) })
}

async function fromFile(id: string, from: Of<'command'>, world: World): Promise<Reply> {
  const file = await storedFile(world.tx, id)
  // It names people to contact: what we need of it is read now, and the file itself is not kept.
  await dropFile(world.tx, id)
  const t = world.t(from.member)
  if (!file || file.bytes.length > largestPublicCode)
    return say(told(t('practices.import.fileTooLarge', { kilobytes: largestPublicCode / 1024 })))
  const text = textIn(file.bytes)
  if (text === undefined) return say(told(t('practices.import.fileNotUtf8')))
  const outcome = await readText(text, from.member, world)
  return 'draft' in outcome ? ask(outcome.draft, from, world) : say(outcome.message)
}

/** A draft, or what to say instead: what is wrong with the file, or that the practice is there already. */
async function readText(
  text: string,
  reader: Member,
  { tx, t, now, alarms }: World,
): Promise<{ draft: DraftRow } | { message: Message }> {
  const reading = readPublicCode(text)
  if (!reading.ok) return { message: findings(t(reader), reading.problems) }
  const known = await practiceWithRepository(tx, reading.practice.url)
  if (known) return { message: alreadyThere(t(reader), known) }
  const provider = reading.practice.ipa ? await organizationByIpa(tx, reading.practice.ipa) : undefined
  const content = draftOf(reading.practice, (await programme(tx)).locale, provider?.id)
  const kept = await keepDraft(tx, reader.id, content, now)
  await alarms.set({
    name: 'practices.forgetDraft',
    key: `practices:draft:${kept.id}`,
    at: now.add(KEPT),
    about: kept.id,
  })
  return { draft: kept }
}

/** The form that asks for what the file lacks. */
async function ask({ id, content }: DraftRow, from: Of<'command' | 'choice'>, world: World): Promise<Reply> {
  const { known, options } = await whose(world, from.member, content)
  const summary = content.summary === '' ? {} : { summary: content.summary }
  return { kind: 'ask', form: completion, about: id, subject: content.title, known: { ...known, ...summary }, options }
}

export async function complete(from: Of<'choice'>, world: World): Promise<Reply> {
  const row = await draft(world.tx, from.value)
  if (row?.member === from.member.id) return ask(row, from, world)
  return say(told(world.t(from.member)('practices.import.draftGone')))
}

/** Nobody completed it: it goes. */
export async function forgetDraft(id: string, { tx }: World): Promise<void> {
  await takeDraft(tx, id)
}

/** What the form leaves empty is as the file has it. */
export const onCompletion = onSubmit(completion, proposers, async (answers, from, world) => {
  const t = world.t(from.member)
  const row = await draft(world.tx, from.about)
  if (row?.member !== from.member.id) return say(told(t('practices.import.draftGone')))
  const provider = answers.provider ?? row.content.provider
  const summary = answers.summary ?? row.content.summary
  if (!provider || !summary) {
    const required = { key: 'core.problems.required' as const }
    return problems({ ...(!provider && { provider: required }), ...(!summary && { summary: required }) })
  }
  const whom = await settled(world, { provider, community: answers.community })
  if (!whom.ok) return problems(whom.problems)
  const known = await practiceWithRepository(world.tx, row.content.repository)
  await takeDraft(world.tx, row.id)
  if (known) return say(alreadyThere(t, known))
  const { kit = null, version = null, ...rest } = row.content
  return propose({ ...rest, kit, version, summary, ...whom.given }, from, world)
})

/** What was fetched came back: whoever asked hears it in her direct messages. */
export async function fetched(result: unknown, about: string, world: World): Promise<void> {
  const asked = readAsked(about)
  const reader = await member(world.tx, asked.member)
  if (!reader || reader.erasedAt !== null) return
  const message = await answer(readFetched(result), asked, reader, world)
  await world.outbox.enqueue({ to: { member: reader.id }, message, key: `practices:imported:${asked.cause}` })
}

async function answer(
  result: ReturnType<typeof readFetched>,
  asked: FetchAsked,
  reader: Member,
  world: World,
): Promise<Message> {
  const t = world.t(reader)
  if (!result.ok) return notFetched(t, asked.address, result.reason, result.status)
  const outcome = await readText(result.text, reader, world)
  if ('message' in outcome) return outcome.message
  const { id, content } = outcome.draft
  const provider = content.provider ? await organization(world.tx, content.provider) : undefined
  return readWell(t, content, id, provider?.name)
}
