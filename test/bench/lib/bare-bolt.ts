// The least that a Slack app can be: it acknowledges, and answers `ok`.
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt'

const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_API_URL = '' } = process.env
const clientOptions = { slackApiUrl: SLACK_API_URL }
const receiver = new SocketModeReceiver({
  appToken: SLACK_APP_TOKEN,
  installerOptions: { clientOptions },
  logLevel: LogLevel.ERROR,
})
const app = new App({ token: SLACK_BOT_TOKEN, receiver, clientOptions, logLevel: LogLevel.ERROR })
app.command(/./, async ({ ack, say }) => {
  await ack()
  await say('ok')
})
await app.start()
