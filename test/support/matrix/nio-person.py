"""Somebody on another make of client. Speaks with the bot in an encrypted room; each line of the script is said when the one
before was answered. Prints every message of the bot, as it can read it, as a line of JSON."""
import asyncio, json, sys
from nio import AsyncClient, AsyncClientConfig, LocalProtocolError, MegolmEvent, RoomMessage

homeserver, user, token, device, bot, store = sys.argv[1:7]
script = json.load(sys.stdin)
heard = asyncio.Queue()


async def say(client, room, text):
    await client.room_send(room, "m.room.message", {"msgtype": "m.text", "body": text}, ignore_unverified_devices=True)


async def listen(client):
    while True:
        try:
            await client.sync_forever(timeout=1000)
        except LocalProtocolError:
            pass  # saying something has asked for the keys meanwhile, that it was about to ask for


async def main():
    client = AsyncClient(homeserver, user, device, store, AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False))
    client.restore_login(user, device, token)

    async def message(room, event):
        if event.sender == bot and event.source["content"].get("m.relates_to", {}).get("rel_type") != "m.replace":
            print(json.dumps({"body": event.body, "type": event.source["content"]["msgtype"]}), flush=True)
            heard.put_nowait(event.body)

    async def sealed(room, event):
        if event.sender == bot:
            print(json.dumps({"unreadable": event.event_id}), flush=True)

    client.add_event_callback(message, RoomMessage)
    client.add_event_callback(sealed, MegolmEvent)
    await client.sync(timeout=0)
    if client.should_upload_keys:
        await client.keys_upload()
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    room = (await client.room_create(is_direct=True, invite=[bot], initial_state=[encryption])).room_id
    while bot not in (client.rooms[room].users if room in client.rooms else {}) or client.rooms[room].users[bot].invited:
        await client.sync(timeout=1000)
    syncing = asyncio.create_task(listen(client))
    for line in script:
        await say(client, room, line)
        await asyncio.wait_for(heard.get(), 60)
    await asyncio.sleep(1)
    syncing.cancel()
    await client.close()


asyncio.run(main())
