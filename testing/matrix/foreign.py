"""A person in Matrix whose client shares nothing with ours: matrix-nio, with the cryptography of libolm.

    python foreign.py URL USER PASSWORD STORE

Commands come on standard input, one JSON object a line, and are done one after another; what happens is told on standard
output in the same form:

    {"open": BOT, "version": VERSION}   makes an encrypted room with the bot    {"opened": ROOM}, when the bot has come
    {"accept": true}                    follows the bot's next invite           {"opened": ROOM}
                                        and goes on there
    {"say": WORDS, "reply_to": EVENT}   writes there, if need be as a reply     {"said": EVENT}
    {"say": WORDS, "thread": EVENT}     in the thread of a message
    {"say": WORDS, "edit": EVENT}       in the place of one's own message
                                        a message of the bot's has come         {"heard": EVENT, "body": WORDS, ...}
                                        a file of the bot's has come            {"file": NAME, "media_type": TYPE, "content": TEXT}
                                        it can't be decrypted                   {"unreadable": EVENT}

When the input ends, the test is gone, and so is the person.
"""

import asyncio
import json
import os
import sys

from nio import (
    AsyncClient,
    AsyncClientConfig,
    EnableEncryptionBuilder,
    MegolmEvent,
    RoomEncryptedFile,
    RoomMessageNotice,
    RoomMessageText,
    RoomPreset,
)


from nio.crypto import decrypt_attachment


def tell(**what) -> None:
    print(json.dumps(what), flush=True)


async def commands():
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield json.loads(line)
    os._exit(0)


class Person:
    def __init__(self, url: str, user: str, store: str) -> None:
        config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=True)
        self.client = AsyncClient(url, user, store_path=store, config=config)
        self.bot = self.room = ""
        self.client.add_event_callback(self.hears, (RoomMessageText, RoomMessageNotice))
        self.client.add_event_callback(self.gets, RoomEncryptedFile)
        self.client.add_event_callback(self.can_not_read, MegolmEvent)

    async def hears(self, _room, event) -> None:
        if event.sender == self.bot:
            content = event.source["content"]
            tell(
                heard=event.event_id,
                body=event.body,
                kind=content["msgtype"],
                encrypted=bool(event.decrypted),
                relation=content.get("m.relates_to"),
            )

    async def gets(self, _room, event) -> None:
        if event.sender == self.bot:
            got = await self.client.download(event.url)
            content = decrypt_attachment(got.body, event.key["k"], event.hashes["sha256"], event.iv)
            kind = event.source["content"]["info"]["mimetype"]
            tell(file=event.body, media_type=kind, content=content.decode(), msgtype=event.source["content"]["msgtype"])

    async def can_not_read(self, _room, event) -> None:
        tell(unreadable=event.event_id)

    async def signs_in(self, password: str) -> None:
        await self.client.login(password)
        await self.client.sync(timeout=0, full_state=True)
        if self.client.should_upload_keys:
            await self.client.keys_upload()

    def bot_is_here(self) -> bool:
        room = self.client.rooms.get(self.room)
        return room is not None and self.bot in room.users and self.bot not in room.invited_users

    async def opens(self, bot: str, version: str | None) -> None:
        self.bot = bot
        made = await self.client.room_create(
            invite=[bot],
            is_direct=True,
            room_version=version,
            preset=RoomPreset.trusted_private_chat,
            initial_state=[EnableEncryptionBuilder().as_dict()],
        )
        self.room = made.room_id
        while not self.bot_is_here():
            await self.client.synced.wait()
        tell(opened=self.room)

    async def accepts(self) -> None:
        while not self.client.invited_rooms:
            await self.client.synced.wait()
        self.room = next(iter(self.client.invited_rooms))
        await self.client.join(self.room)
        while not self.bot_is_here():
            await self.client.synced.wait()
        tell(opened=self.room)

    async def says(self, words: str, reply_to=None, thread=None, edit=None) -> None:
        content = {"msgtype": "m.text", "body": words}
        if thread:
            content["m.relates_to"] = {
                "rel_type": "m.thread",
                "event_id": thread,
                "is_falling_back": True,
                "m.in_reply_to": {"event_id": thread},
            }
        if edit:
            content["m.new_content"] = {"msgtype": "m.text", "body": words}
            content["m.relates_to"] = {"rel_type": "m.replace", "event_id": edit}
        if reply_to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
        # This library knows no identities that sign devices, so it would have to compare emoji with each of them.
        sent = await self.client.room_send(self.room, "m.room.message", content, ignore_unverified_devices=True)
        tell(said=sent.event_id)


async def main() -> None:
    url, user, password, store = sys.argv[1:]
    person = Person(url, user, store)
    await person.signs_in(password)
    syncing = asyncio.create_task(person.client.sync_forever(timeout=20_000))
    # Whatever ends it is an error, and has to be seen.
    syncing.add_done_callback(lambda ended: ended.result())
    async for command in commands():
        if bot := command.get("open"):
            await person.opens(bot, command.get("version"))
        elif command.get("accept"):
            await person.accepts()
        else:
            words = command.pop("say")
            await person.says(words, **command)


asyncio.run(main())
