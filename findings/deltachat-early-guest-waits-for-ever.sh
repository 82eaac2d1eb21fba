#!/usr/bin/env bash
# deltachat-rpc-server 2.65.0: whoever opens an account's link before its mailbox was first looked at waits for ever.
#
# What happens: as soon as an account is signed in, it has a link by which others come. What lies in its mailbox when it is
# looked at for the first time counts as old, and is not read: also what came after the sign-in, as the request of somebody
# who has opened that link. They see "Establishing connection, please wait…" from then on; neither side asks again or gives
# up. From the first look on the account may be stopped as long as one likes: what came meanwhile is answered at the start.
# So a program that signs in, shows the link, and then starts, loses whoever is quick. Opening the link once more helps.
#
# What one would expect: that what came after the sign-in is read; or no link before it can be answered.
#
# It needs root, and installs dovecot and exim by apt when they are missing (scripts/mailserver), for three mailboxes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
port=${1:-41330}
trap 'CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" stop "$dir/mail"; rm -rf "$dir"' EXIT
chmod 755 "$dir"

program=$(CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" install | sed -n 's/^EXODUS_TEST_DELTACHAT=//p')
"$root/scripts/mailserver" start "$dir/mail" "$port"

cat >"$dir/probe.py" <<'PYTHON'
import itertools, json, os, subprocess, sys, time

program, folder, mail, port = *sys.argv[1:4], int(sys.argv[4])
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


def signed_in(name):
    made = call("add_account")
    call("batch_set_config", made, {"bot": "1", "displayname": name})
    call("add_or_update_transport", made, {
        "addr": f"{name}@mail.test", "password": "secret",
        "imapServer": "127.0.0.1", "imapPort": port, "imapSecurity": "plain",
        "smtpServer": "127.0.0.1", "smtpPort": port + 1, "smtpSecurity": "plain"})
    call("stop_io", made)
    return made


def within(seconds, look):
    for _ in range(seconds * 5):
        if look():
            return True
        time.sleep(0.2)
    return False


def starts(account):
    call("start_io", account)
    assert within(60, lambda: call("get_connectivity", account) == 4000)


def mails_to(name):
    """How many the mail server has brought, as its log says."""
    with open(f"{mail}/log/mainlog") as log:
        return log.read().count(f" => {name} ")


def opens_link():
    return call("secure_join", guest, call("get_chat_securejoin_qr_code", host, None))


def is_in(chat):
    return call("get_full_chat_by_id", guest, chat)["canSend"]


guest = signed_in("guest")
starts(guest)
for name, is_looked_at in (("early", False), ("late", True)):
    host = signed_in(name)
    if is_looked_at:
        starts(host)
        call("stop_io", host)
    chat = opens_link()
    assert within(60, lambda: mails_to(name) == 1)
    starts(host)
    print(f"{name}: looked at before {is_looked_at}, in after the start {within(30, lambda: is_in(chat))}")
    if not is_in(chat):
        last = call("get_message", guest, call("get_message_ids", guest, chat, False, False)[-1])
        print(f"{name}: the guest sees {last['text']!r}")
        print(f"{name}: in after opening it once more {opens_link() == chat and within(30, lambda: is_in(chat))}")
child.stdin.close()
PYTHON

python3 "$dir/probe.py" "$program" "$dir/accounts" "$dir/mail" "$port" | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
early: looked at before False, in after the start False
early: the guest sees 'Establishing connection, please wait…'
early: in after opening it once more True
late: looked at before True, in after the start True
TEXT
diff "$dir/expected" "$dir/seen" && echo "as it was found"
