// What became visible on Matrix, as the lines of a rehearsal.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Place } from '#src/core/interaction.ts'
import type { Intake } from '#src/core/platform.ts'
import type { Shown } from '#src/platforms/console/draw.ts'
import { shows } from './contract.ts'
import type { Ground } from './ground.ts'
import type { Sent } from './recorded.ts'

interface Relation {
  rel_type: string
  event_id: string
}
const relationOf = ({ content }: Sent) => content['m.relates_to'] as Relation | undefined
const isMedia = ({ content }: Sent): boolean => content.msgtype === 'm.image' || content.msgtype === 'm.file'

export const placeOf = ({ rooms }: Ground, room: string): Place => {
  const known = rooms.get(room)
  const id = known?.aliases[0] ?? room
  const direct = known?.direct !== undefined
  return { platform: 'matrix', workspace: 'example.org', id, direct, locale: 'it', timezone: 'Europe/Rome' }
}

export function reporting(server: Ground, out: (line: object) => void) {
  let reported = server.sent.length
  const refs = () =>
    server.sent.filter(each => each.type === 'm.room.message' && relationOf(each)?.rel_type !== 'm.replace')
  const refOf = (event: string): string => `m${refs().findIndex(({ id }) => id === event) + 1}`
  const to = (room: string): string => {
    const { direct, aliases: [alias = room] = [] } = server.rooms.get(room) ?? {}
    const name = (direct ?? alias).slice(1, (direct ?? alias).indexOf(':'))
    return direct ? `dm:${name}` : `#${name}`
  }
  const offeredOn = async (room: string, event: string, intake: Intake): Promise<Shown['choices']> => {
    const place = placeOf(server, room)
    const key = await intake.posted(place, `${room} ${event}`)
    const offer = key === undefined ? undefined : await intake.offered(place, key)
    return offer?.choices.map(({ action, value }, at) => ({ n: at + 1, label: '', action, value }))
  }
  const shown = async (sent: Sent, intake: Intake): Promise<Shown> => {
    const relation = relationOf(sent)
    const edited = relation?.rel_type === 'm.replace'
    const event = edited ? relation.event_id : sent.id
    const fresh = (sent.content['m.new_content'] ?? sent.content) as { body: string }
    const { text, labels } = shows(fresh.body)
    const offer = labels.length > 0 ? await offeredOn(sent.room, event, intake) : []
    const choices = labels.flatMap((label, at) => {
      const choice = offer?.[at]
      return choice ? [{ ...choice, label }] : []
    })
    return {
      to: to(sent.room),
      ref: refOf(event),
      text: text.replace(/\n{2,}/g, '\n'),
      ...(choices.length > 0 && { choices }),
      ...(edited && { edit: true as const }),
      ...(relation?.rel_type === 'm.thread' && { thread: refOf(relation.event_id) }),
    }
  }
  const attach = (line: Shown, sent: Sent): void => {
    const { url, body, filename } = sent.content as { url: string; body: string; filename: string }
    const file = join(mkdtempSync(join(tmpdir(), 'animatore-matrix-')), filename)
    writeFileSync(file, server.files.get(url) ?? new Uint8Array())
    const attached = { alt: body, file }
    if (sent.content.msgtype === 'm.file') line.file = attached
    else if (line.image) line.images = [...(line.images ?? [line.image]), attached]
    else line.image = attached
    if (!line.text.includes(body)) line.text = [line.text, body].filter(Boolean).join('\n')
  }
  return {
    /** The event behind the reference of a line. */
    eventOf: (ref: string): Sent | undefined => refs()[Number(ref.slice(1)) - 1],
    report: async (intake: Intake): Promise<void> => {
      const lines: { line: Shown; room: string }[] = []
      const fresh = server.sent.slice(reported)
      reported = server.sent.length
      for (const sent of fresh) {
        if (sent.type !== 'm.room.message') continue
        // A picture stands below the text of its message.
        const above = isMedia(sent) ? lines.findLast(({ room }) => room === sent.room) : undefined
        const own = above ?? { line: await shown(sent, intake), room: sent.room }
        if (!above) lines.push(own)
        if (isMedia(sent)) attach(own.line, sent)
      }
      for (const { line } of lines) out(line)
    },
  }
}
