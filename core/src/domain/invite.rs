//! How long an invite leads to its card.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use exodus_engine::hours::Zone;

/// How long an invite stands: docs/rules.md, "Invites and cards". Whatever it is, both sides can revoke it before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Until it is revoked.
    Open,
    /// Until the first one has come by it.
    ForOne,
    /// Up to this moment.
    Until(DateTime<Utc>),
}

/// For how many days an invite can be made, this day not counted.
pub const DAYS: [u32; 3] = [1, 7, 30];

/// So many invites with an end one member may have standing at a time.
pub const MOST_WITH_AN_END: u64 = 20;

impl Term {
    /// Up to the end of the day that comes so many days after this one; not, where the calendar has no such day.
    pub fn days(today: NaiveDate, days: u32, zone: &Zone) -> Option<Term> {
        let first_without = today.checked_add_signed(TimeDelta::days(i64::from(days) + 1))?;
        Some(Term::Until(zone.begins(first_without)))
    }
}
