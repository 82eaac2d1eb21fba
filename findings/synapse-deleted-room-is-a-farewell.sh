#!/usr/bin/env bash
# Synapse 1.163.2: when an administrator deletes a room, its members seem to leave of their own will.
#
# What happens: `DELETE /_synapse/admin/v2/rooms/<room>` puts the members of a room out one after the other. What those who
# are still in it read is `{"membership": "leave"}` with the one who was put out as the sender: what somebody sends who leaves
# of their own will, without a reason and without the administrator.
#
# What one would expect: the administrator as the sender, as of a kick, or at least a reason. A bot that writes no more to
# people who leave can't tell them from people whose room was cleared away.
#
# Seen with matrix-synapse 1.163.2 from PyPI, Python 3.11, SQLite, its default configuration, three members in each room.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check matrix-synapse==1.163.2

cat >"$dir/probe.py" <<'PYTHON'
import hashlib, hmac, json, socket, subprocess, sys, threading, time, urllib.error, urllib.request

home = sys.argv[1]
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]


def call(method, path, body=None, token=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
    request.data = None if body is None else json.dumps(body).encode()
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def register(name, admin):
    nonce = call("GET", "/_synapse/admin/v1/register")["nonce"]
    said = [nonce.encode(), name.encode(), b"secret", b"admin" if admin else b"notadmin"]
    mac = hmac.new(b"shared", b"\0".join(said), hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": name, "password": "secret", "admin": admin, "mac": mac}
    return call("POST", "/_synapse/admin/v1/register", body)["access_token"]


def sync(token, since=None):
    return call("GET", "/_matrix/client/v3/sync?timeout=0" + (f"&since={since}" if since else ""), token=token)


def settled(members):
    """A room in which all of these are, as each of them has seen."""
    first, *others = members
    room = call("POST", "/_matrix/client/v3/createRoom", {"preset": "public_chat"}, first)["room_id"]
    for other in others:
        call("POST", f"/_matrix/client/v3/join/{room}", {}, other)
    return room, [sync(member)["next_batch"] for member in members]


def delete(room, purge):
    body = {"purge": purge, "block": False}
    job = call("DELETE", f"/_synapse/admin/v2/rooms/{room}", body, admin)["delete_id"]
    while True:
        told = call("GET", f"/_synapse/admin/v2/rooms/delete_status/{job}", token=admin)
        if told["status"] == "complete":
            return told["shutdown_room"]["kicked_users"]
        assert told["status"] != "failed", told
        time.sleep(0.2)


def farewells(answer, room):
    """Who left this room, by whom, and with what else, as this answer to /sync says."""
    rooms = answer.get("rooms", {})
    events = []
    for part in ("join", "leave"):
        events += rooms.get(part, {}).get(room, {}).get("timeline", {}).get("events", [])
    left = [event for event in events if event["content"].get("membership") == "leave"]
    return [(event["state_key"], event["sender"], event["content"]) for event in left]


def watched(room, members):
    """The same of all these, who ask again and again while the room is deleted."""
    seen, over = [], threading.Event()

    def watch(token, since):
        while not over.is_set():
            try:
                answer = call("GET", f"/_matrix/client/v3/sync?timeout=100&since={since}", token=token)
            except urllib.error.HTTPError:
                continue
            since = answer["next_batch"]
            seen.extend(farewells(answer, room))

    watching = [threading.Thread(target=watch, args=member) for member in members]
    for thread in watching:
        thread.start()
    delete(room, purge=False)
    over.set()
    for thread in watching:
        thread.join()
    return seen


run = [sys.executable, "-m", "synapse.app.homeserver", "--config-path", f"{home}/homeserver.yaml"]
new = ["--server-name", "probe.test", "--generate-config", "--report-stats=no", "--data-directory", home]
subprocess.run(run + new, check=True, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
with open(f"{home}/homeserver.yaml", "a") as config:
    listener = {"port": port, "type": "http", "bind_addresses": ["127.0.0.1"]}
    listener["resources"] = [{"names": ["client"], "compress": False}]
    config.write(f"\nlisteners: {json.dumps([listener])}\nregistration_shared_secret: shared\ntrusted_key_servers: []\n")

server = subprocess.Popen(run, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(240):
        try:
            call("GET", "/_matrix/client/versions")
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    admin = register("admin", True)
    members = [register(name, False) for name in ("one", "two", "three")]

    room, since = settled(members)
    call("POST", f"/_matrix/client/v3/rooms/{room}/leave", {}, members[2])
    of_own_will = farewells(sync(members[0], since[0]), room)
    print("left of their own will: ", of_own_will)

    assert of_own_will == [("@three:probe.test", "@three:probe.test", {"membership": "leave"})], of_own_will

    # Who is put out last sees the others go, if they look in time.
    seen = []
    while not seen:
        room, since = settled(members)
        seen = watched(room, zip(members, since))
    print("put out by a deletion:  ", seen)
    for who, sender, content in seen:
        assert sender == who and content == {"membership": "leave"}, (who, sender, content)
finally:
    server.terminate()
    server.wait()
PYTHON

mkdir "$dir/home"
"$dir/venv/bin/python" "$dir/probe.py" "$dir/home"
