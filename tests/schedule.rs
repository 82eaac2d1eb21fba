//! The calendar, on every kind of database: what is due is done once, in its order, whoever does it and however often they
//! are cut off.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

#[path = "schedule/announcements.rs"]
mod announcements;
#[path = "schedule/callers.rs"]
mod callers;
#[path = "schedule/chains.rs"]
mod chains;
#[path = "schedule/chains_meanwhile.rs"]
mod chains_meanwhile;
#[path = "schedule/clearing.rs"]
mod clearing;
#[path = "schedule/clearing_meanwhile.rs"]
mod clearing_meanwhile;
#[path = "schedule/clearing_of_many.rs"]
mod clearing_of_many;
#[path = "schedule/clearing_takes_part.rs"]
mod clearing_takes_part;
#[path = "schedule/clearing_told.rs"]
mod clearing_told;
#[path = "schedule/emergencies.rs"]
mod emergencies;
#[path = "schedule/held.rs"]
mod held;
#[path = "schedule/initiative_groups.rs"]
mod initiative_groups;
#[path = "schedule/initiatives.rs"]
mod initiatives;
#[path = "schedule/initiatives_held.rs"]
mod initiatives_held;
#[path = "schedule/late.rs"]
mod late;
#[path = "schedule/months.rs"]
mod months;
#[path = "schedule/names.rs"]
mod names;
#[path = "schedule/once.rs"]
mod once;
#[path = "schedule/parts.rs"]
mod parts;
#[path = "schedule/place.rs"]
mod place;
#[path = "schedule/pools/mod.rs"]
mod pools;
#[path = "schedule/reminders.rs"]
mod reminders;
#[path = "schedule/ring.rs"]
mod ring;
#[path = "schedule/telling.rs"]
mod telling;
#[path = "schedule/trio.rs"]
mod trio;
#[path = "schedule/turns.rs"]
mod turns;
#[path = "schedule/upkeep.rs"]
mod upkeep;
