#!/usr/bin/env bash
# deltachat-rpc-server 2.65.0: what stands below a line of two hyphens arrives only if the sender has a status.
#
# What happens: whoever receives a message looks in it for a line "-- ", with a space at its end, and drops it and what is below:
# that is the sender's footer. Where there is none, a line "--" does too, if it begins the text or follows an empty line,
# and is no last line. Before sending, "-- " in a text is masked, and "--" is not. As long as the sender has a status
# ("selfstatus"), a true footer ends each message, and the text arrives whole. Without one, which is how JSON-RPC makes
# accounts, two paragraphs with "--" between them arrive as one, and a message that begins with it arrives empty. The
# sender's own copy has all of it, and neither side is told that something is missing.
#
# What one would expect: what is cut off after receiving is masked before sending, with or without a status. It is so with
# 2.53.0; with 2.54.0 and 2.56.0 it is as here (chatmail/core#8427 narrowed what is masked).
#
# It needs root, and installs dovecot and exim by apt when they are missing (scripts/mailserver), for two mailboxes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
port=${1:-41310}
trap 'CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" stop "$dir/mail"; rm -rf "$dir"' EXIT
chmod 755 "$dir"

program=$(CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" install | sed -n 's/^EXODUS_TEST_DELTACHAT=//p')
"$root/scripts/mailserver" start "$dir/mail" "$port"

cat >"$dir/probe.py" <<'PYTHON'
import itertools, json, os, subprocess, sys, time

program, folder, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
child = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         env=dict(os.environ, DC_ACCOUNTS_PATH=folder))
numbers = itertools.count(1)


def call(method, *params):
    number = next(numbers)
    request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    child.stdin.write(json.dumps(request).encode() + b"\n")
    child.stdin.flush()
    for line in child.stdout:
        response = json.loads(line)
        if response.get("id") == number:
            if "error" in response:
                raise SystemExit(f"{method}: {response['error']}")
            return response["result"]


def account(name):
    made = call("add_account")
    call("batch_set_config", made, {"bot": "1", "displayname": name})
    call("add_or_update_transport", made, {
        "addr": f"{name}@mail.test", "password": "secret",
        "imapServer": "127.0.0.1", "imapPort": port, "imapSecurity": "plain",
        "smtpServer": "127.0.0.1", "smtpPort": port + 1, "smtpSecurity": "plain"})
    call("start_io", made)
    return made


def waited(look):
    for _ in range(300):
        if found := look():
            return found
        time.sleep(0.2)
    raise SystemExit("nothing came within a minute")


sender, receiver = account("sender"), account("receiver")
# What comes before a mailbox was first looked at is not read.
waited(lambda: call("get_connectivity", sender) == call("get_connectivity", receiver) == 4000)
chat = call("secure_join", sender, call("get_chat_securejoin_qr_code", receiver, None))
waited(lambda: call("get_full_chat_by_id", sender, chat)["canSend"])


def received(own):
    """The copy of this message that the receiver has."""
    name = call("get_message_info_object", sender, own)["rfc724Mid"]
    for there in call("get_chatlist_entries", receiver, None, None, None):
        for it in call("get_message_ids", receiver, there, False, False):
            if call("get_message_info_object", receiver, it)["rfc724Mid"] == name:
                return call("get_message", receiver, it)


print("status", call("get_config", sender, "selfstatus"))
for status in (None, "A status"):
    call("set_config", sender, "selfstatus", status)
    for text in ("above\n\n--\nbelow", "above\n\n-- \nbelow", "--\nbelow"):
        own = call("misc_send_text_message", sender, chat, text)
        copy = waited(lambda: received(own))
        kept = call("get_message", sender, own)["text"]
        print(f"status {status}, sent {text!r}, kept {kept!r}, arrived {copy['text']!r}, with more to open {copy['hasHtml']}")
child.stdin.close()
PYTHON

python3 "$dir/probe.py" "$program" "$dir/accounts" "$port" | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
status None
status None, sent 'above\n\n--\nbelow', kept 'above\n\n--\nbelow', arrived 'above', with more to open False
status None, sent 'above\n\n-- \nbelow', kept 'above\n\n-- \nbelow', arrived 'above\n\n-- \nbelow', with more to open False
status None, sent '--\nbelow', kept '--\nbelow', arrived '', with more to open False
status A status, sent 'above\n\n--\nbelow', kept 'above\n\n--\nbelow', arrived 'above\n\n--\nbelow', with more to open False
status A status, sent 'above\n\n-- \nbelow', kept 'above\n\n-- \nbelow', arrived 'above\n\n-- \nbelow', with more to open False
status A status, sent '--\nbelow', kept '--\nbelow', arrived '--\nbelow', with more to open False
TEXT
diff "$dir/expected" "$dir/seen" && echo "as it was found"
