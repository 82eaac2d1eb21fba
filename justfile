# What people do here. `just` alone lists it; each line is short enough to be typed without `just` too.

_default:
    @just --list --unsorted

# Talk with the bot in the terminal: just run --seed
run *arguments:
    cargo demo {{ arguments }}

# All tests on SQLite and PostgreSQL, or some: just test --test chats
test *arguments:
    scripts/test {{ arguments }}

# The chats and snapshots as the bot speaks now; read the difference before you keep it
expect:
    UPDATE_EXPECT=1 INSTA_UPDATE=always scripts/test --test chats --test pages

lint:
    cargo clippy --locked --workspace --all-targets -- -D warnings
    cargo clippy --locked --package exodus --package exodus-core --package exodus-engine --no-default-features --all-targets -- -D warnings
    cargo clippy --locked --package exodus --package exodus-core --package exodus-engine --no-default-features --features telegram --all-targets -- -D warnings
    cargo clippy --locked --package exodus --package exodus-core --package exodus-engine --no-default-features --features matrix --all-targets -- -D warnings
    cargo clippy --locked --package exodus --package exodus-core --package exodus-engine --no-default-features --features web --all-targets -- -D warnings
    cargo clippy --locked --package exodus --package exodus-core --package exodus-engine --no-default-features --features deltachat --all-targets -- -D warnings
    scripts/check-dependencies

fmt:
    cargo fmt --all

# How fast it is, on SQLite and on PostgreSQL: docs/performance.md
bench *arguments:
    scripts/bench {{ arguments }}

# What hosts install: just package deb
package *arguments:
    scripts/package {{ arguments }}

# What people and servers send, a million inputs each: takes long
fuzz *targets:
    scripts/fuzz {{ targets }}

# What has to pass before a change is taken in
ci:
    bash .ci/run
