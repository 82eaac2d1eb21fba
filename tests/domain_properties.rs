//! The rules, without a database: whatever people do, whatever they write, what the specification promises holds.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "domain_properties/community.rs"]
mod community;
#[path = "domain_properties/deeds.rs"]
mod deeds;
#[path = "domain_properties/months.rs"]
mod months;
#[path = "domain_properties/promises.rs"]
mod promises;
#[path = "domain_properties/shares.rs"]
mod shares;
#[path = "domain_properties/steps.rs"]
mod steps;
#[path = "domain_properties/sums.rs"]
mod sums;
#[path = "domain_properties/transitions.rs"]
mod transitions;

use proptest::prelude::ProptestConfig;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() }
}
