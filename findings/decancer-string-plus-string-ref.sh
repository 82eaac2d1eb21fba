#!/usr/bin/env bash
# decancer 3.3.3: to have it somewhere in the tree makes `String + &String` a compile error in crates that never name it.
#
# What happens: the crate implements `Add<Translation> for String`. With that, `String` has a second `Add`, so the compiler
# no longer takes the only one there is and borrows the right side as `&str`; `text + &other_string`, which the Rust book
# teaches, is refused (E0277) in every crate that is compiled with decancer loaded, directly or through another one. A
# bot meets it through matrix-sdk: ruma's feature for display names brings decancer in.
#
# What one would expect: that a dependency which is only present changes nothing of what `String` can do.
#
# Seen with decancer 3.3.3, Rust 1.95. `text + other.as_str()` compiles either way.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/src"

cat >"$dir/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"

[features]
loaded = ["dep:decancer"]

[dependencies]
decancer = { version = "=3.3.3", optional = true }

[workspace]
TOML

cat >"$dir/src/main.rs" <<'RUST'
#[cfg(feature = "loaded")]
use decancer as _;

fn main() {
    let other = String::from("b");
    println!("{}", String::from("a") + &other);
}
RUST

build() { CARGO_TARGET_DIR="$dir/target" cargo run --quiet --manifest-path "$dir/Cargo.toml" "$@" 2>&1; }

{
    echo "without it: $(build)"
    echo "with it: $(build --features loaded | grep -o 'error\[E0277\]: cannot add `&[a-z:]*String` to `[a-z:]*String`')"
} | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
without it: ab
with it: error[E0277]: cannot add `&std::string::String` to `std::string::String`
TEXT
diff "$dir/expected" "$dir/seen" && echo "as it was found"
