#!/usr/bin/env bash
# deltachat-rpc-server 2.65.0: messages that are sent while the mail server is busy make an older one fail for good.
#
# What happens: a message that the mail server puts off ("451 4.7.1 try again later") is tried again half a minute later, then
# more and more rarely, and is given up after some tries ("Number of retries exceeded the limit."). But every message that is
# sent meanwhile, to whomever, and every call of `maybe_network`, is a try of the one that waits at the head of the queue. So
# a program that has something to say to ten people loses the first message within the second or two in which the server is
# busy, long before the first planned repetition. Its state is 24 (failed) then, and nothing sends it again.
#
# What one would expect: that only tries which were planned, or asked for, count; or that the waiting message keeps its time.
#
# It needs root, and installs dovecot and exim by apt when they are missing (scripts/mailserver), for a mailbox to sign in to.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
port=${1:-41300}
trap 'CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" stop "$dir/mail"; rm -rf "$dir"' EXIT
chmod 755 "$dir"

program=$(CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" install | sed -n 's/^EXODUS_TEST_DELTACHAT=//p')
"$root/scripts/mailserver" start "$dir/mail" "$port"

cat >"$dir/probe.py" <<'PYTHON'
import itertools, json, os, socket, subprocess, sys, threading, time

program, folder, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
busy = False


def carry(client):
    """To the mail server and back, line by line; while it is busy, no recipient is taken."""
    server = socket.create_connection(("127.0.0.1", port + 1))
    asked, answered = client.makefile("rb"), server.makefile("rb")

    def answer():
        lines = b""
        while True:
            line = answered.readline()
            lines += line
            if not line or line[3:4] != b"-":
                return lines

    client.sendall(answer())
    for line in asked:
        command = line[:4].upper()
        if command == b"RCPT" and busy:
            client.sendall(b"451 4.7.1 try again later\r\n")
            continue
        server.sendall(line)
        said = answer()
        if command == b"EHLO":
            said = said.replace(b"PIPELINING", b"X-NONE")
        client.sendall(said)
        if said.startswith(b"354"):
            for line in asked:
                server.sendall(line)
                if line == b".\r\n":
                    break
            client.sendall(answer())


listener = socket.create_server(("127.0.0.1", port + 2))


def accept():
    while True:
        threading.Thread(target=carry, args=(listener.accept()[0],), daemon=True).start()


threading.Thread(target=accept, daemon=True).start()

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


account = call("add_account")
call("batch_set_config", account, {"bot": "1", "displayname": "probe", "bcc_self": "1", "force_encryption": "0"})
call("add_or_update_transport", account, {
    "addr": "probe@mail.test", "password": "secret",
    "imapServer": "127.0.0.1", "imapPort": port, "imapSecurity": "plain",
    "smtpServer": "127.0.0.1", "smtpPort": port + 2, "smtpSecurity": "plain"})
call("start_io", account)
group = call("create_group_chat_unencrypted", account, "to somebody")
call("add_contact_to_chat", account, group, call("create_contact", account, "somebody@mail.test", None))
busy, began = True, time.time()
first = call("misc_send_text_message", account, group, "the first")
others = []
while call("get_message", account, first)["state"] == 20 and len(others) < 20:
    others.append(call("misc_send_text_message", account, group, "another"))
    time.sleep(0.3)
message = call("get_message", account, first)
print(f"the first message after {time.time() - began:.1f} s and {len(others)} others: state {message['state']}, {message['error']}")
busy = False
call("maybe_network")
time.sleep(3)
states = [call("get_message", account, it)["state"] for it in [first, *others]]
print(f"when the server takes mail again: {states}")
child.stdin.close()
sys.exit(0 if states[0] == 24 and 26 in states else 1)
PYTHON

python3 "$dir/probe.py" "$program" "$dir/accounts" "$port"
echo "Seen as described."
