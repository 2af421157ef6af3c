// The bot in a process of its own, to be killed: reads what it starts with from standard input, and says when it is up.
import { readFileSync, writeSync } from 'node:fs'
import { type BotOptions, startBot } from './bot.ts'

const options = JSON.parse(readFileSync(0, 'utf8')) as BotOptions
const { errors } = await startBot(options)
writeSync(1, 'up\n')
setInterval(() => {
  for (const error of errors.splice(0)) writeSync(2, `${JSON.stringify(error)}\n`)
}, 200)
