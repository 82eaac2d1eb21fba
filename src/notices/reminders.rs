//! Reminders of one promise each: before the month ends, and before an emergency's date.

use chrono::NaiveDate;

use super::help::claim;
use super::kind::Kind;
use super::queue::queue_now;
use super::{Told, facts};
use crate::aid::Aid;
use crate::aid::digest::Unclaimed;
use crate::domain::{About, Category, CollectionKind};
use exodus_engine::conversation::Fault;
use exodus_engine::locale::Arg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-remind-monthly", Category::Reminders).to_all().by_day().on_commitment(claim),
    Kind::tells("notice-remind-emergency", Category::Reminders).by_day().on_commitment(claim),
];

/// Reminds those who promised and have not said yet that it is done; `by` is the last day for it: of the month, or of
/// the emergency.
///
/// # Errors
/// The database does not answer.
pub async fn promise_reminders(
    aid: &Aid<'_>,
    kind: CollectionKind,
    by: NaiveDate,
    unclaimed: Vec<Unclaimed>,
) -> Result<(), Fault> {
    let kind = match kind {
        CollectionKind::Monthly => "notice-remind-monthly",
        CollectionKind::Emergency => "notice-remind-emergency",
    };
    let told = unclaimed.into_iter().map(|Unclaimed { member, line }| {
        let facts = facts([("name", Arg::Words(line.name)), ("sum", line.sum.into()), ("date", by.into())]);
        Told { to: member, kind, facts, about: Some(About::Commitment(line.commitment)) }.into()
    });
    queue_now(aid, told.collect()).await
}
