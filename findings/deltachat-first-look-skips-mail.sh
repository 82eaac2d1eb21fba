#!/usr/bin/env bash
# deltachat-rpc-server 2.65.0: what reaches a new account before it has first looked into its mailbox is never fetched.
#
# What happens: to set up an account, the program signs in to the mail server once, which tries the password, and then once
# more to read. When it selects the mailbox for the first time, it takes the number of the next mail that is to come, and goes
# on from there. `add_or_update_transport` has long answered by then, and an invite link can be made and opened at once. So
#
# - an inviter who passes on the link of a new account loses the request of whoever opens it in the meantime;
# - a joiner who opens a link right after setting up, as apps do when the link is what they were installed for, loses the
#   inviter's answer where that is quicker than their own second sign-in.
#
# Either way the joiner's chat says "Establishing connection, please wait…" for ever, the inviter is told nothing, and neither
# side tries again. Opening the link a second time helps. On a quick machine the two are a second apart; here a line on which
# the second connection is silent for some seconds stands for a slow network, or for a machine that has much to do.
#
# What one would expect: that a new account goes on from where the mailbox was when it was set up; or that it can be heard
# when an account has begun to listen. (What can be waited for is `get_connectivity` of 4000, or the event `ImapInboxIdle`.)
#
# It needs root, and installs dovecot and exim by apt when they are missing (scripts/mailserver).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
port=${1:-41310}
trap 'CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" stop "$dir/mail"; rm -rf "$dir"' EXIT
chmod 755 "$dir"

program=$(CARGO_TARGET_DIR=$dir "$root/scripts/mailserver" install | sed -n 's/^EXODUS_TEST_DELTACHAT=//p')
"$root/scripts/mailserver" start "$dir/mail" "$port"

cat >"$dir/probe.py" <<'PYTHON'
import itertools, json, os, queue, socket, subprocess, sys, threading, time

program, folder, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
LATE = 4
names = itertools.count(1)


class Line:
    """To the mailboxes, and back. The second connection is silent for a while."""

    def __init__(self, late):
        self.late, self.number = late, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            self.number += 1
            threading.Thread(target=self.carry, args=(client, self.number == 2 and self.late), daemon=True).start()

    def carry(self, client, waits):
        if waits:
            time.sleep(LATE)
        server = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=pass_on, args=(client, server), daemon=True).start()
        pass_on(server, client)


def pass_on(one, other):
    try:
        while said := one.recv(65536):
            other.sendall(said)
    except OSError:
        pass
    for end in (one, other):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Account:
    def __init__(self, late, **config):
        name = f"account{next(names)}"
        self.child = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                      env=dict(os.environ, DC_ACCOUNTS_PATH=f"{folder}/{name}"))
        self.numbers, self.answers, self.events = itertools.count(1), {}, []
        threading.Thread(target=self.read, daemon=True).start()
        threading.Thread(target=self.hear, daemon=True).start()
        self.id = self.call("add_account")
        self("batch_set_config", {"displayname": name, "selfstatus": "-", **config})
        self("add_or_update_transport", {
            "addr": f"{name}@mail.test", "password": "secret",
            "imapServer": "127.0.0.1", "imapPort": Line(late).port, "imapSecurity": "plain",
            "smtpServer": "127.0.0.1", "smtpPort": port + 1, "smtpSecurity": "plain"})

    def read(self):
        for line in self.child.stdout:
            response = json.loads(line)
            self.answers[response["id"]].put(response)

    def hear(self):
        while True:
            self.events += [it["event"] for it in self.call("get_next_event_batch")]

    def call(self, method, *params):
        number = next(self.numbers)
        self.answers[number] = queue.Queue()
        request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        self.child.stdin.write(json.dumps(request).encode() + b"\n")
        self.child.stdin.flush()
        response = self.answers[number].get()
        if "error" in response:
            raise SystemExit(f"{method}: {response['error']}")
        return response["result"]

    def __call__(self, method, *params):
        return self.call(method, self.id, *params)

    def listens(self):
        while self("get_connectivity") < 4000:
            time.sleep(0.1)

    def joins(self, link, within):
        """How long the handshake takes; None if it does not end."""
        began = time.time()
        done = len(self.ends())
        self("secure_join", link)
        while time.time() - began < within:
            if len(self.ends()) > done:
                return time.time() - began
            time.sleep(0.05)

    def ends(self):
        return [it for it in list(self.events) if it["kind"] == "SecurejoinJoinerProgress" and it["progress"] == 1000]


def said(seconds):
    return "never" if seconds is None else f"after {seconds:.1f} s"


def tried(what, inviter_late, joiner_late, waits):
    inviter = Account(inviter_late, bot="1")
    if waits or not inviter_late:
        inviter.listens()
    link = inviter("get_chat_securejoin_qr_code", None)
    joiner = Account(joiner_late)
    if waits or not joiner_late:
        joiner.listens()
    first = joiner.joins(link, 20)
    again = None if first else joiner.joins(link, 20)
    print(f"{what}: connected {said(first)}" + ("" if first else f"; opened again: {said(again)}"), flush=True)
    return first, again


joiner = tried("the joiner's first look is late", False, True, False)
inviter = tried("the inviter's first look is late", True, False, False)
waited = tried("both are late, and are waited for", True, True, True)
as_described = joiner[0] is None and joiner[1] and inviter[0] is None and inviter[1] and waited[0]
os._exit(0 if as_described else 1)
PYTHON

python3 "$dir/probe.py" "$program" "$dir/accounts" "$port"
echo "Seen as described."
