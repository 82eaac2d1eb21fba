// A person in Matrix with the library that Element Web is made of.
//
//     node person.mjs URL USER PASSWORD
//
// What it is told and what it tells is the same as of ../foreign.py; beside that:
//
//     {"open": BOT, "say": WORDS}    writes at once, before the bot has come, as clients do that make a room with the
//                                    first message
//     {"verified_only": true}        writes to verified devices only from now on
//
// The library is in the folder EXODUS_TEST_JS: `scripts/synapse install` puts it there, beside the build.

import readline from "node:readline";
import { pathToFileURL } from "node:url";

const library = (path) => import(pathToFileURL(`${process.env.EXODUS_TEST_JS}/matrix-js-sdk/lib/${path}`));
const sdk = await library("index.js");
const { logger } = await library("logger.js");

process.on("unhandledRejection", (why) => { process.stderr.write(`${why?.stack ?? why}\n`); process.exit(1); });
logger.disableAll?.();
for (const level of ["log", "debug", "info", "warn", "trace"]) console[level] = () => {};

const [url, user, password] = process.argv.slice(2);
const tell = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const moment = () => new Promise((done) => setTimeout(done, 50));

const visitor = sdk.createClient({ baseUrl: url });
const session = await visitor.loginRequest({
    type: "m.login.password",
    identifier: { type: "m.id.user", user },
    password,
});
const client = sdk.createClient({
    baseUrl: url,
    accessToken: session.access_token,
    userId: session.user_id,
    deviceId: session.device_id,
});
await client.initRustCrypto({ useIndexedDB: false });
let bot = "";
let room = "";

const heard = new Set();
function hears(event) {
    if (event.getSender() !== bot || heard.has(event.getId())) return;
    if (event.isDecryptionFailure()) return tell({ unreadable: event.getId() });
    if (event.getType() !== "m.room.message") return;
    heard.add(event.getId());
    const content = event.getContent();
    const thread = event.getWireContent()["m.relates_to"] ?? content["m.relates_to"];
    tell({
        heard: event.getId(), body: content.body, kind: content.msgtype, encrypted: event.isEncrypted(),
        relation: thread ?? null,
    });
}
client.on(sdk.RoomEvent.Timeline, (event) => hears(event));
client.on(sdk.MatrixEventEvent.Decrypted, (event) => hears(event));

const botIsHere = () => client.getRoom(room)?.getMember(bot)?.membership === "join";

async function opens(whom, version, words) {
    bot = whom;
    const made = await client.createRoom({
        invite: [bot],
        is_direct: true,
        preset: "trusted_private_chat",
        room_version: version,
        initial_state: [
            { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
        ],
    });
    room = made.room_id;
    if (words) await says({ say: words });
    while (!botIsHere()) await moment();
    tell({ opened: room });
}

async function accepts() {
    const invited = () => client.getRooms().find((one) => one.getMyMembership() === "invite");
    while (!invited()) await moment();
    room = invited().roomId;
    await client.joinRoom(room);
    while (!botIsHere()) await moment();
    tell({ opened: room });
}

async function says({ say, reply_to, thread, edit }) {
    while (!client.getRoom(room)) await moment();
    const content = { msgtype: "m.text", body: say };
    if (reply_to) content["m.relates_to"] = { "m.in_reply_to": { event_id: reply_to } };
    if (thread) {
        content["m.relates_to"] = {
            rel_type: "m.thread", event_id: thread, is_falling_back: true, "m.in_reply_to": { event_id: thread },
        };
    }
    if (edit) {
        content["m.new_content"] = { msgtype: "m.text", body: say };
        content["m.relates_to"] = { rel_type: "m.replace", event_id: edit };
    }
    const sent = await client.sendEvent(room, "m.room.message", content);
    tell({ said: sent.event_id });
}

await client.startClient({ initialSyncLimit: 20, threadSupport: false });
while (!client.isInitialSyncComplete()) await moment();
await client.setDisplayName(user.slice(1).split(":")[0]);

for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    if (command.open) await opens(command.open, command.version, command.say);
    else if (command.accept) await accepts();
    else if ("verified_only" in command) client.getCrypto().globalBlacklistUnverifiedDevices = command.verified_only;
    else await says(command);
}
process.exit(0);
