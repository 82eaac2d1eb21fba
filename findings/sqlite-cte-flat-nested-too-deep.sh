#!/usr/bin/env bash
# SQLite 3.54: a statement that is nowhere deep is refused with "VIEWs and/or subqueries nested too deep".
#
# What happens: from 3.54.0 on no common table expression may be used once the statement has 1000 tables and subqueries in its
# FROM clauses, at whatever depth. They are counted as they stand when each use of such an expression has been replaced by
# what it says: so the number doubles with each step of a chain whose every step uses the one before twice, and nine steps
# on 530 characters are too many. Which use is refused depends on the order: a compound is gone through from its end, so one
# and the same expression may stand last in it and not first. What has the same number without any such expression is taken.
# 3.53.4 takes them all.
#
# What one would expect: an own limit, named in the documentation and in the error; or that only depth is called depth.
# sqlite3_limit(SQLITE_LIMIT_EXPR_DEPTH) is the limit, which can only be lowered at run time: to raise it, SQLite must be
# compiled with SQLITE_MAX_EXPR_DEPTH (libsqlite3-sys takes it from the environment).
#
# Seen with SQLite 3.53.4, 3.54.0 and 3.54.1, as the apsw wheels bring them, Python 3.11.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cat >"$dir/probe.py" <<'PYTHON'
import apsw

db = apsw.Connection(":memory:")
db.execute("CREATE TABLE t (a)")
db.limit(apsw.SQLITE_LIMIT_EXPR_DEPTH, 100_000)
print(f"{apsw.sqlite_lib_version()}, limit {db.limit(apsw.SQLITE_LIMIT_EXPR_DEPTH, -1)}")


def tried(what, sql):
    try:
        print(f"  {what}: {db.execute(sql).fetchall()}")
    except apsw.SQLError as error:
        print(f"  {what}: {error}")


def chain(steps):
    each = "".join(f", s{n} AS (SELECT a FROM s{n - 1} UNION SELECT a + 1 FROM s{n - 1})" for n in range(1, steps + 1))
    return f"WITH s0 AS (SELECT a FROM t){each} SELECT COUNT(*) FROM s{steps}"


def compound(*parts):
    return f"WITH one AS (SELECT 1 AS a) SELECT COUNT(*) FROM ({' UNION ALL '.join(parts)})"


many = ["SELECT x.a FROM t x, t y, t z"] * 334
tried("8 steps", chain(8))
tried("9 steps", chain(9))
tried("334 joins of three, and one row before them", compound("SELECT a FROM one", *many))
tried("334 joins of three, and one row after them", compound(*many, "SELECT a FROM one"))
tried("334 joins of three, and a subquery before them", compound("SELECT a FROM (SELECT 1 AS a)", *many))
PYTHON

for version in 3.53.4.0 3.54.0.0 3.54.1.0; do
    python3 -m venv "$dir/$version"
    "$dir/$version/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "apsw==$version"
    "$dir/$version/bin/python" "$dir/probe.py"
done | tee "$dir/seen"

refused="VIEWs and/or subqueries nested too deep"
for version in 3.53.4 3.54.0 3.54.1; do
    [ $version = 3.53.4 ] && nine="[(0,)]" first="[(1,)]" || nine=$refused first=$refused
    cat <<TEXT
$version, limit 1000
  8 steps: [(0,)]
  9 steps: $nine
  334 joins of three, and one row before them: $first
  334 joins of three, and one row after them: [(1,)]
  334 joins of three, and a subquery before them: [(1,)]
TEXT
done >"$dir/expected"
diff "$dir/expected" "$dir/seen" && echo "as it was found"
