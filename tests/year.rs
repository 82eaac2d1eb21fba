//! A year of a community of 50 members: random deeds, and a clock that goes on in small and in large steps, is late, and is
//! put back. After every step the rules hold, and what the digests say is what the records say.
//!
//! `EXODUS_TEST_YEARS` is how many such years are played (1 without it), each different from the others and always the same.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "what the tests of the calendar use is not all used here")]

#[path = "year/chance.rs"]
mod chance;
#[path = "year/community.rs"]
mod community;
#[path = "year/digests.rs"]
mod digests;
#[path = "year/initiatives.rs"]
mod initiatives;
#[path = "schedule/place.rs"]
mod place;
#[path = "year/pools.rs"]
mod pools;
#[path = "year/records.rs"]
mod records;
#[path = "year/trust.rs"]
mod trust;

use chance::Chance;
use community::Community;

#[tokio::test]
async fn whatever_members_do_and_whenever_the_calendar_comes_by_the_rules_hold_for_a_year() {
    let years = std::env::var("EXODUS_TEST_YEARS").map_or(1, |years| years.parse().expect("a number of years"));
    let mut cleared = 0;
    for year in 0..years {
        let mut community = Community::settle(Chance::new(year)).await;
        while !community.has_lived_a_year() {
            community.live().await;
        }
        cleared += community.look_back().await;
    }
    assert!(years == 0 || cleared > 0, "nothing was set off in {years} years");
}
