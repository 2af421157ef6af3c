import { eq } from 'drizzle-orm'
import type { Conversation } from '#src/core/conversation.ts'
import type { Tx } from '#src/core/feature.ts'
import { inserting } from './inserting.ts'
import { given, prepared } from './prepared.ts'
import { conversations } from './schema.ts'

export type { Conversation }

const open = prepared(on =>
  on
    .select()
    .from(conversations)
    .where(eq(conversations.member, given('member'))),
)
/** The form that is open for a person, unless it has expired. */
export async function conversationOf(tx: Tx, member: string, now: Temporal.Instant): Promise<Conversation | undefined> {
  const [row] = await open(tx).execute({ member })
  return row && row.expiresAt > now.epochMilliseconds ? row : undefined
}
/** Opens a form, or notes how far it has come. A person has one form open at a time: a new one takes the place of the old. */
export const saveConversation: (tx: Tx, conversation: Conversation) => Promise<void> = inserting(
  conversations,
  conversations.member,
)
const dropping = prepared(on => on.delete(conversations).where(eq(conversations.member, given('member'))))
export async function dropConversation(tx: Tx, member: string): Promise<void> {
  await dropping(tx).execute({ member })
}
