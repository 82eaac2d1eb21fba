use sea_orm::DbErr;

use super::super::{Admin, Aid, Refused, members};
use crate::domain::initiative::{self, Stage, stage};
use crate::domain::{Called, Collection, CollectionId, Commitment, MemberId, Money, Refusal, Totals};
use crate::store::initiative::{Figures, Line};
use crate::store::{self, Slice};

/// An initiative, as somebody sees it who may.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiative {
    pub collection: Collection,
    pub title: String,
    pub words: String,
    /// What its initiator is called, and whether they are suspended: then nothing goes on with it.
    pub initiator: Called,
    pub paused: bool,
    pub stage: Stage,
    pub totals: Totals,
    /// What was voted for it, whatever became of it since; when it is over, what was voted until then.
    pub voted: Money,
    /// How many have voted so.
    pub voters: u64,
    /// How many days are left to vote, or to promise, after this one.
    pub days_left: Option<i64>,
    /// Its date was moved.
    pub prolonged: bool,
    /// Its date was not moved yet, and there is a later day that it could be moved to.
    pub can_be_prolonged: bool,
    /// Why an administrator has closed it.
    pub closed_why: Option<String>,
    /// The last that its initiator has told its voters.
    pub news: Option<String>,
    /// The viewer's own vote, as long as something can be done about it.
    pub mine: Option<Commitment>,
}

/// An initiative that this member may see: of their network or their trust list, their own, or one that they have voted for.
/// Whoever administers the community sees each.
pub async fn seen(
    aid: &Aid<'_>,
    who: MemberId,
    admin: Option<&Admin>,
    id: CollectionId,
) -> Result<Initiative, Refused> {
    if !store::initiative::is_seen(aid.tx, who, id, admin.is_some(), aid.lately()).await? {
        return Err(Refusal::Unknown.into());
    }
    let card = card(aid, who, id).await?;
    let mine = match who == card.collection.owner {
        true => None,
        false => store::commitment::live_of(aid.tx, id, who).await?,
    };
    Ok(Initiative { mine, ..card })
}

/// An initiative as it is for everybody who may see it, which whoever asks has made sure of. Its initiator is called as
/// `reader` knows them.
async fn card(aid: &Aid<'_>, reader: MemberId, id: CollectionId) -> Result<Initiative, Refused> {
    let collection = store::collection::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let row = store::initiative::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let initiator = members::called(aid, reader, collection.owner).await?;
    let paused = store::member::is_suspended(aid.tx, collection.owner).await?;
    let totals = store::commitment::totals(aid.tx, &collection, aid.month()).await?;
    let figures = store::initiative::figures(aid.tx, id).await?;
    let news = store::initiative::last_news(aid.tx, id).await?.map(|news| news.words);
    Ok(Initiative { news, ..Initiative::of(aid, (collection, row), (initiator, paused), totals, figures) })
}

impl Initiative {
    /// What these rows come to: it, what its initiator is called and whether they are suspended, and its votes.
    pub(super) fn of(
        aid: &Aid<'_>,
        (collection, row): (Collection, store::initiative::Model),
        (initiator, paused): (Called, bool),
        totals: Totals,
        Figures { voted, voters }: Figures,
    ) -> Initiative {
        let stage = stage(&collection, &aid.rules.zone);
        let until = match stage {
            Stage::Voting => collection.ends_on,
            Stage::Promising(by) => Some(by),
            Stage::Over => None,
        };
        Initiative {
            title: row.title,
            words: row.words,
            initiator,
            paused,
            stage,
            totals,
            voted,
            voters,
            days_left: until.map(|day| (day - aid.today()).num_days().max(0)),
            prolonged: row.prolonged,
            can_be_prolonged: initiative::can_be_prolonged(&collection, row.prolonged, aid.today()),
            closed_why: row.closed_why,
            news: None,
            mine: None,
            collection,
        }
    }
}

/// Whether an initiative is open and goes on, and this member has not voted for it.
pub async fn takes_vote(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<bool, DbErr> {
    let Some(initiative) = store::collection::find(aid.tx, id).await? else { return Ok(false) };
    let is_waiting = initiative.is_open() && !store::member::is_suspended(aid.tx, initiative.owner).await?;
    Ok(is_waiting && store::commitment::live_of(aid.tx, id, who).await?.is_none())
}

/// A page of the open initiatives that a member may see, those whose date comes first; all of them, for whoever administers the
/// community.
pub async fn open(aid: &Aid<'_>, who: MemberId, admin: Option<&Admin>, slice: Slice) -> Result<Vec<Line>, DbErr> {
    store::initiative::list(aid.tx, who, admin.is_some(), aid.lately(), slice).await
}

/// How many those are.
pub async fn count_open(aid: &Aid<'_>, who: MemberId, admin: Option<&Admin>) -> Result<u64, DbErr> {
    store::initiative::count_open(aid.tx, who, admin.is_some(), aid.lately()).await
}

/// A page of those that are over and that the member has proposed or voted for, the last ones first.
pub async fn over(aid: &Aid<'_>, who: MemberId, slice: Slice) -> Result<Vec<Line>, DbErr> {
    store::initiative::over(aid.tx, who, slice).await
}

/// How many those are.
pub async fn count_over(aid: &Aid<'_>, who: MemberId) -> Result<u64, DbErr> {
    store::initiative::count_over(aid.tx, who).await
}
