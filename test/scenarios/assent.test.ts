import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import '#test/support/matchers.ts'

test('«sì» to a question with two buttons is asked which of them', async () => {
  const { reuser } = await community()
  await reuser.says('esci')
  const question = reuser.lastMessage()
  for (const word of ['Sì!', 'no', 'Sì, grazie.']) {
    await reuser.says(word)
    expect(reuser.lastMessage()).toSay('Per non sbagliare, scegli tu:')
    expect(reuser.lastMessage().choices).toEqual(question.choices)
  }
  await reuser.presses('communities.stay')
  await reuser.says('ok')
  expect(reuser.lastMessage()).toSay('Posso aiutarti così')
  await reuser.says('aiuto')
  await reuser.says('sì')
  expect(reuser.lastMessage()).toSay('Posso aiutarti così')
})
