//! How many hear of what the owner of a collection does, as far as they have not switched that off: said before it is done, and
//! after.

use std::collections::BTreeSet;

use super::notifications::{self, Heard};
use super::{Aid, Refused, rings};
use crate::domain::{Category, Collection, CollectionKind, MemberId, Ring, State, Status};
use crate::store::{self, Slice};

/// How many of a member's near circle hear it if they ask for help in this way. Whoever intends to help them monthly is asked
/// about an emergency, whatever they have switched off.
pub async fn of_asking(aid: &Aid<'_>, who: MemberId, kind: CollectionKind) -> Result<Heard, Refused> {
    let near = rings::beyond(aid, who, Ring::Nobody, Ring::Near).await?;
    let asked = match kind.means_status() {
        Some(Status::Red) => intending(aid, who).await?,
        Some(Status::Orange | Status::Green) | None => BTreeSet::new(),
    };
    let of = near.union(&asked).count();
    let others: BTreeSet<MemberId> = near.difference(&asked).copied().collect();
    let told = hearing(aid, others, Category::Network).await?.len() + notifications::count_asked(aid, asked).await?;
    Ok(Heard { of, told })
}

/// Whoever supports a member's monthly collection with an intention.
async fn intending(aid: &Aid<'_>, who: MemberId) -> Result<BTreeSet<MemberId>, Refused> {
    let intend = store::commitment::by_receiver(aid.tx, who, &[State::Intention], Slice::ALL).await?;
    let of_a_month = intend.into_iter().filter(|one| one.kind.is_of_a_month());
    Ok(of_a_month.map(|one| one.commitment.supporter).collect())
}

/// Who hears that a collection has ended, as it is after that. Whoever has given, promised or intended something reads what
/// becomes of it, and nothing else.
pub(super) async fn of_the_end(aid: &Aid<'_>, collection: &Collection) -> Result<(usize, BTreeSet<MemberId>), Refused> {
    let mut states = vec![State::Cancelled, State::Obligation, State::Claimed];
    if !collection.kind.is_of_a_month() {
        states.extend([State::Fulfilled, State::FulfilledLate]);
    }
    let theirs = store::commitment::of_collection(aid.tx, collection.id, &states, Slice::ALL).await?;
    let theirs: BTreeSet<MemberId> = theirs.into_iter().map(|one| one.commitment.supporter).collect();
    let concerned = rings::concerned(aid, collection).await?;
    let of = theirs.union(&concerned).count();
    let others: BTreeSet<MemberId> = concerned.difference(&theirs).copied().collect();
    let mut told = hearing(aid, theirs, Category::OwnHelp).await?;
    told.extend(hearing(aid, others, Category::Network).await?);
    Ok((of, told))
}

/// Who of the circle hears that something was changed for all of it.
pub(super) async fn of_the_circle(
    aid: &Aid<'_>,
    collection: &Collection,
) -> Result<(usize, BTreeSet<MemberId>), Refused> {
    let circle = store::commitment::circle(aid.tx, collection, aid.month_began()).await?;
    Ok((circle.len(), hearing(aid, circle, Category::Supported).await?))
}

/// Those of them who have not switched this off.
pub(super) async fn hearing(
    aid: &Aid<'_>,
    members: impl IntoIterator<Item = MemberId>,
    category: Category,
) -> Result<BTreeSet<MemberId>, Refused> {
    Ok(notifications::told_of(aid, members, category).await?.into_iter().collect())
}
