//! Time zones for tests.

use exodus_engine::hours::{Zone, zone_data};

/// The zone of this name.
pub fn named(name: &str) -> Zone {
    name.parse().unwrap_or_else(|_| panic!("no zone {name}"))
}

/// All zones.
pub fn zones() -> impl Iterator<Item = Zone> {
    zone_data::names().iter().map(|name| named(name))
}
