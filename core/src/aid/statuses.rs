use super::notifications::Heard;
use super::{Aid, Refused, Work, calendar, collections, endings, heard, pools};
use crate::domain::{
    Collection, CollectionId, CollectionKind, Doubt, Ending, Event, MemberId, Money, Status, Totals, collection, doubt,
};
use crate::store;
use exodus_engine::conversation::Fault;

/// Asks for help: every month with a sum (Orange), or in an emergency with a sum and the days it
/// lasts (Red). While an emergency is open the monthly collection is paused. Says how many hear of it: when nobody is there
/// yet, the near circle stays to be told.
pub async fn ask(
    aid: &Work<'_>,
    who: MemberId,
    kind: CollectionKind,
    target: Money,
    days: Option<u32>,
) -> Result<Heard, Refused> {
    let (_, open) = collections::standing_of(aid, who).await?;
    let kinds: Vec<CollectionKind> = open.iter().map(|collection| collection.kind).collect();
    let opening = collection::open(kind, &kinds, target, aid.today(), days)?;
    let collection = match store::collection::insert(aid.tx, who, opening, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    };
    if kind.has_date() {
        calendar::plan_emergency(aid, &collection).await?;
    }
    if kind.means_status() == Some(Status::Red) {
        pools::sit_out(aid, who).await?;
    }
    aid.happened(Event::CollectionOpened {
        collection: collection.id,
        owner: who,
        kind,
        target,
        ends_on: collection.ends_on,
    });
    if store::tie::count_near(aid.tx, who).await? == 0 {
        store::collection::set_untold(aid.tx, collection.id).await?;
    }
    heard::of_asking(aid, who, kind).await
}

/// Changes the sum asked for, also to less than is promised already. An emergency whose new sum is
/// there already ends by that. Says how many supporters hear of it, or how many hear of the end.
pub async fn change_sum(aid: &Work<'_>, who: MemberId, id: CollectionId, target: Money) -> Result<Heard, Refused> {
    let collection = collections::mine_locked(aid, who, id).await?;
    let update = collection::change_target(&collection, who, target)?;
    store::collection::set_target(aid.tx, id, target).await?;
    aid.happened(update.event);
    match endings::end_if_covered(aid, &update.collection).await? {
        true => heard::of_sum_and_end(aid, &update.collection).await,
        false => heard::of_another_sum(aid, &update.collection).await,
    }
}

/// What is to be asked before a member's own collection gets another sum; and how much it has received, confirmed.
pub async fn doubt_about_target(
    aid: &Aid<'_>,
    collection: &Collection,
    target: Money,
) -> Result<(Option<Doubt>, Totals), Refused> {
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    Ok((doubt::about_target(collection, &totals, target), totals))
}

/// Moves the date of an emergency to so many days from today. Says how many supporters hear of it.
pub async fn change_date(aid: &Work<'_>, who: MemberId, id: CollectionId, days: u32) -> Result<Heard, Refused> {
    let collection = collections::mine_locked(aid, who, id).await?;
    let update = collection::change_date(&collection, who, aid.today(), days)?;
    if let Some(ends_on) = update.collection.ends_on {
        store::collection::set_date(aid.tx, id, ends_on).await?;
        calendar::plan_emergency(aid, &update.collection).await?;
    }
    aid.happened(update.event);
    heard::of_another_date(aid, &update.collection).await
}

/// What the end of a collection comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What is still owed to it by obligations.
    pub owed: Money,
    /// How many hear of it.
    pub heard: Heard,
}

/// Ends a member's own collection. Intentions to it are cancelled; obligations and claims stand.
pub async fn end(aid: &Work<'_>, who: MemberId, id: CollectionId) -> Result<Ended, Refused> {
    let collection = collections::mine_locked(aid, who, id).await?;
    collection::check_owner(&collection, who)?;
    endings::close(aid, &collection, Ending::Ended).await?;
    let owed = store::commitment::totals(aid.tx, &collection, aid.month()).await?.obligations;
    Ok(Ended { owed, heard: heard::of_the_end(aid, &collection).await? })
}
