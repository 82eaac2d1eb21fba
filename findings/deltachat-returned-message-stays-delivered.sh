#!/usr/bin/env bash
# deltachat-rpc-server 2.65.0: a message that comes back undelivered stays "delivered", as accounts are by default.
#
# What happens: a mail server that has taken a message and can't deliver it (a full mailbox elsewhere) sends a report to whoever
# wrote it. The program knows such reports: the message becomes 24 (failed), with what the server said as its error. But only if
# the account takes in mail that is not encrypted (`force_encryption` 0), which no report is. By default it does not (1, with
# nobody having set it): the report is dropped with all other plain mail, the message stays 26 (delivered) for good, and
# nothing in the chat or among the events tells of it.
#
# What one would expect: that a report about a message of one's own is heard whatever else is dropped. Where the setting was
# thought of, reports are the one exception (chatmail/core#7494).
#
# Both accounts below write to one and the same person in encrypted chats. It needs root, and installs dovecot and exim by apt
# when they are missing (scripts/mailserver), for three mailboxes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
port=${1:-41320}
trap 'CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" stop "$dir/mail"; rm -rf "$dir"' EXIT
chmod 755 "$dir"

program=$(CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" install | sed -n 's/^EXODUS_TEST_DELTACHAT=//p')
"$root/scripts/mailserver" start "$dir/mail" "$port"

cat >"$dir/probe.py" <<'PYTHON'
import itertools, json, os, re, subprocess, sys, time

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


def account(name, **set_by_us):
    made = call("add_account")
    call("batch_set_config", made, {"bot": "1", "displayname": name, **set_by_us})
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


def state(sender, message):
    return call("get_message", sender, message)["state"]


def told():
    """To whom the mail server has brought a report, as its log says."""
    with open(f"{mail}/log/mainlog") as log:
        lines = log.read()
    reports = set(re.findall(r"(\S+) <= <> ", lines))
    return {name for report, name in re.findall(r"(\S+) => \S+ <(\w+)@mail\.test>", lines) if report in reports}


receiver = account("receiver")
senders = {"default": account("default"), "plain": account("plain", force_encryption="0")}
# What comes before a mailbox was first looked at is not read.
waited(lambda: all(call("get_connectivity", it) == 4000 for it in (receiver, *senders.values())))
chats = {}
for name, sender in senders.items():
    chats[name] = call("secure_join", sender, call("get_chat_securejoin_qr_code", receiver, None))
    waited(lambda: call("get_full_chat_by_id", sender, chats[name])["canSend"])
with open(f"{mail}/bounces", "w") as full:
    full.write("receiver\n")
sent = {name: call("misc_send_text_message", sender, chats[name], "text") for name, sender in senders.items()}
waited(lambda: told() == {"default", "plain"})
waited(lambda: state(senders["plain"], sent["plain"]) == 24)
time.sleep(10)
for name, sender in senders.items():
    message = call("get_message", sender, sent[name])
    forced, error = call("get_config", sender, "force_encryption"), (message["error"] or "no error").split()
    print(f"{name}: force_encryption {forced}, a report has come, state {message['state']}, {' '.join(error)}")
child.stdin.close()
PYTHON

python3 "$dir/probe.py" "$program" "$dir/accounts" "$dir/mail" "$port" | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
default: force_encryption 1, a report has come, state 26, no error
plain: force_encryption 0, a report has come, state 24, This message was created automatically by mail delivery software.
TEXT
diff "$dir/expected" <(sed 's/ A message that you sent.*//' "$dir/seen") && echo "as it was found"
