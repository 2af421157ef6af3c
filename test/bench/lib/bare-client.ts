// What one would write without this bot: matrix-js-sdk with its default options, answering each message where it came from.
// Reads homeserver, user, device and token from its arguments; says `up` when it knows its rooms.
import '#src/platforms/matrix/sdk/quiet.ts'
import { ClientEvent, createClient, type MatrixEvent, MsgType, type Room, RoomEvent, SyncState } from 'matrix-js-sdk'

const [baseUrl = '', userId = '', deviceId = '', accessToken = ''] = process.argv.slice(2)
const client = createClient({ baseUrl, userId, deviceId, accessToken })

async function answer(event: MatrixEvent, room: Room | undefined): Promise<void> {
  const { msgtype, body } = event.getContent()
  if (!room || event.getSender() === userId || msgtype !== MsgType.Text) return
  await client.sendMessage(room.roomId, { msgtype: MsgType.Notice, body: `${body}` })
}

const up = (state: SyncState): void => {
  if (state !== SyncState.Prepared) return
  client.off(ClientEvent.Sync, up)
  client.on(RoomEvent.Timeline, (event, room, toStart) => void (!toStart && answer(event, room)))
  process.stdout.write('up\n')
}
client.on(ClientEvent.Sync, up)
await client.startClient()
