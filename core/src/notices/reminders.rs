//! Reminders of one promise each, before the month ends, and before an emergency's date; and of that date, for its owner.

use chrono::NaiveDate;

use super::help::claim;
use super::kind::Kind;
use super::queue::queue_now;
use super::{Fact, Told, facts};
use crate::aid::Aid;
use crate::aid::digest::Unclaimed;
use crate::domain::{About, Category, Collection, CollectionId, CollectionKind};
use crate::store;
use exodus_engine::conversation::{Choice, Fault, Route};
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-remind-monthly", Category::Reminders).to_all().by_day().on_commitment(claim),
    Kind::tells("notice-remind-emergency", Category::Reminders).by_day().on_commitment(claim),
    Kind::tells("notice-ends-soon", Category::Reminders).by_day().on_collection(move_date),
];

/// Reminds the owner of an emergency that its date comes, as long as something is missing: it can be moved.
///
/// # Errors
/// The database does not answer.
pub async fn date_reminder(aid: &Aid<'_>, emergency: &Collection, by: NaiveDate) -> Result<(), Fault> {
    let totals = store::commitment::totals(aid.tx, emergency, aid.month()).await?;
    let missing = totals.missing(emergency.target);
    if !missing.is_positive() {
        return Ok(());
    }
    let facts = facts([("date", by.into()), ("missing", missing.into())]);
    let about = Some(About::Collection(emergency.id));
    queue_now(aid, vec![Told { to: emergency.owner, kind: "notice-ends-soon", facts, about }.into()]).await
}

fn move_date(emergency: CollectionId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("status-emergency-date"), Route::new("change-date").with(emergency))]]
}

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
        CollectionKind::Monthly | CollectionKind::Case | CollectionKind::Initiative => "notice-remind-monthly",
        CollectionKind::Emergency => "notice-remind-emergency",
    };
    let told = unclaimed.into_iter().map(|Unclaimed { member, line }| {
        let facts = facts([("name", Fact::Member(line.other)), ("sum", line.sum.into()), ("date", by.into())]);
        Told { to: member, kind, facts, about: Some(About::Commitment(line.commitment)) }.into()
    });
    queue_now(aid, told.collect()).await
}
