#!/usr/bin/env bash
# SQLite 3.47 and newer: a statement whose LIMIT is a bare parameter is compiled anew each time the parameter is bound.
#
# What happens: `LIMIT ?` lets the planner look at the number that is bound. So every binding of it, of the same number too,
# marks the prepared statement as expired, and the next step compiles it once more: preparing it saves nothing. An
# arithmetic `LIMIT ? + 0` is not looked into, so it is compiled once, and OFFSET never matters. How often a statement
# is compiled is seen by the authorizer, which is asked once per SELECT and compilation; each is executed ten times.
# A second such case is older: a partial index on `c = 1` does the same to every `c = ?` that is asked of its table.
#
# What one would expect: what the documentation of sqlite3_prepare_v2() says. It speaks of parameters in the WHERE clause
# alone, and of two kinds of them: the right side of LIKE and GLOB, and what an indexed column is compared with, if STAT4 is
# compiled in. None of the tables has been analyzed, so STAT4 has nothing to say here.
#
# In a statement that uses common table expressions many times over, compiling takes most of the time; the last line tells.
# Seen with SQLite 3.46.1, 3.47.0, 3.50.2 and 3.54.1, as the apsw wheels bring them (Python 3.9 to 3.12), and with
# SQLITE_STMTSTATUS_REPREPARE in a plain build of 3.50.2. With SQLITE_DBCONFIG_ENABLE_QPSG it does not happen.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cat >"$dir/probe.py" <<'PYTHON'
import sys, time
import apsw

db = apsw.Connection(":memory:")
db.execute("CREATE TABLE t (a, b, c); CREATE INDEX t_a ON t (a)")
compiled = 0


def asked(operation, *_):
    global compiled
    compiled += operation == apsw.SQLITE_SELECT
    return apsw.SQLITE_OK


def told(sql, of=""):
    global compiled
    compiled = 0
    for _ in range(10):
        db.execute(sql, (5,)).fetchall()
    print(f"{apsw.sqlite_lib_version()} {sql}{of}: {compiled}")


db.authorizer = asked
told("SELECT * FROM t WHERE a = ?1")
told("SELECT * FROM t LIMIT ?1")
told("SELECT * FROM t LIMIT ?1 + 0")
told("SELECT * FROM t LIMIT 5 OFFSET ?1")
told("SELECT * FROM t WHERE c = ?1")
db.execute("CREATE INDEX t_b ON t (b) WHERE c = 1")
told("SELECT * FROM t WHERE c = ?1 ", "(a partial index on c = 1)")

db.authorizer = None
steps = "".join(f", s{n} AS (SELECT a FROM s{n - 1} UNION SELECT a + 1 FROM s{n - 1})" for n in range(1, 9))


def took(limit):
    sql = f"WITH s0 AS (SELECT a FROM t){steps} SELECT a FROM s8 LIMIT {limit}"
    db.execute(sql, (5,)).fetchall()
    began = time.perf_counter()
    for _ in range(20):
        db.execute(sql, (5,)).fetchall()
    return (time.perf_counter() - began) * 50


print(f"{took('?1'):.2f} ms with LIMIT ?1, {took('?1 + 0'):.2f} ms with LIMIT ?1 + 0", file=sys.stderr)
PYTHON

for version in 3.46.1.0 3.47.0.0 3.50.2.0 3.54.1.0; do
    python3 -m venv "$dir/$version"
    "$dir/$version/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "apsw==$version"
    "$dir/$version/bin/python" "$dir/probe.py"
done | tee "$dir/seen"

for version in 3.46.1 3.47.0 3.50.2 3.54.1; do
    cat <<TEXT
$version SELECT * FROM t WHERE a = ?1: 1
$version SELECT * FROM t LIMIT ?1: $([ $version = 3.46.1 ] && echo 1 || echo 11)
$version SELECT * FROM t LIMIT ?1 + 0: 1
$version SELECT * FROM t LIMIT 5 OFFSET ?1: 1
$version SELECT * FROM t WHERE c = ?1: 1
$version SELECT * FROM t WHERE c = ?1 (a partial index on c = 1): 11
TEXT
done >"$dir/expected"
diff "$dir/expected" "$dir/seen" && echo "as it was found"
