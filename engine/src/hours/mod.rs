//! What clocks show where somebody lives, and the hours in which they are left alone.
//!
//! Nothing here reads a clock, a database or a configuration: time is an argument.
//!
//! - [`zone`]: what clocks show in a time zone, and when; [`zone_data`]: by which rules, and how old those are;
//! - [`place`]: where somebody lives, as they say it;
//! - [`quiet_hours`]: when somebody may be written to.

pub mod place;
pub mod quiet_hours;
pub mod zone;
pub mod zone_data;

pub use place::Place;
pub use quiet_hours::{QuietHours, allowed_from};
pub use zone::Zone;
