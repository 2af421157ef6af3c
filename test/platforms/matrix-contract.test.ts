import { besideTheConsole, user } from '#test/support/matrix/beside.ts'
import { shows } from '#test/support/matrix/contract.ts'
import { platformContract } from './contract.ts'

platformContract('Matrix (recorded)', async () => {
  const here = await besideTheConsole()
  const { server, bot, platform } = here
  const account = { platform: 'matrix' as const, workspace: 'example.org', account: user('reuser'), name: 'reuser' }
  const member = await bot.intake.member(account)
  const room = (id: string): string => (id.startsWith('#') ? here.room(id.slice(1, id.indexOf(':'))) : id)
  return {
    platform,
    place: await bot.intake.place('matrix', 'example.org', '#suape:example.org'),
    direct: { ...(await platform.direct(account)), locale: 'it' },
    file: await bot.intake.keep({ name: 'grafico.png', type: 'image/png', bytes: Buffer.from('PNG') }, member),
    loseNextAnswer: () => server.fail('lost'),
    seen: ({ id }) => here.told(room(id)).map(({ body }) => shows(body)),
    asked: async () => {
      const labels: string[] = []
      const problems: string[] = []
      for (const line of ['richiesta', 'P-0001', '9', '1']) {
        await here.says('reuser', line)
        const { body } = here.last(here.dm('reuser'))
        ;(line === '9' ? problems : labels).push(body)
      }
      return { labels, problems: problems.filter(each => each.includes('Non trovo «9»')) }
    },
    close: async () => {},
  }
})
