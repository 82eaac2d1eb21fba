use super::{Aid, Refused, Work, cards, members, namesakes, notifications, reaching};
use crate::domain::initiative;
use crate::domain::{
    self, Called, Category, Collection, CollectionId, Commitment, CommitmentId, DeedKind, Event, MemberId, Money, Note,
    Refusal, Standing, State, Status,
};
use crate::store::commitment::Listed;
use crate::store::{self, Slice};
use exodus_engine::conversation::Fault;
use sea_orm::DbErr;

/// A commitment as one of its two sides sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Helping {
    pub commitment: Commitment,
    pub collection: Collection,
    pub standing: Standing,
    /// What the other side is called.
    pub name: Called,
    /// What the initiative is called, where it is a vote.
    pub title: Option<String>,
    /// What the supporter says about it.
    pub note: Option<Note>,
    /// The other side is suspended: nothing is begun with them, nor asked of them.
    pub other_suspended: bool,
    /// What this side may do now.
    pub available: Vec<DeedKind>,
}

/// A collection as somebody who might help with it sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub collection: Collection,
    /// What its owner is called.
    pub name: Called,
    pub missing: Money,
    /// The emergency of the same owner that pauses it.
    pub paused_by: Option<CollectionId>,
    /// The viewer's own live commitment to it.
    pub mine: Option<Commitment>,
}

/// A collection of somebody whom this member may see.
pub async fn asked(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<Asked, Refused> {
    let collection = store::collection::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    // What was shared out in a pool is nobody else's to know, and an initiative is looked at elsewhere.
    if !collection.kind.is_need() || !cards::may_see(aid, who, collection.owner).await? {
        return Err(Refusal::Unknown.into());
    }
    let name = members::name_of_whoever_takes_part(aid, who, collection.owner).await?;
    let totals = store::commitment::totals(aid.tx, &collection, aid.month()).await?;
    let open = store::collection::open_of(aid.tx, collection.owner).await?;
    let emergency = open.iter().find(|open| open.kind.means_status() == Some(Status::Red) && open.id != collection.id);
    let mine = store::commitment::live_of(aid.tx, id, who).await?;
    Ok(Asked {
        missing: totals.missing(collection.target),
        paused_by: emergency.map(|emergency| emergency.id),
        collection,
        name,
        mine,
    })
}

/// Declares help: an intention to a monthly collection, an obligation to an emergency.
pub async fn declare(aid: &Work<'_>, who: MemberId, id: CollectionId, sum: Money) -> Result<Commitment, Refused> {
    let collection = store::collection::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    if !may_help(aid, who, &collection).await? {
        return Err(Refusal::Unknown.into());
    }
    members::takes_part(aid, collection.owner).await?;
    let live = store::commitment::live_of(aid.tx, id, who).await?;
    let open = store::collection::open_of(aid.tx, collection.owner).await?;
    let status = Status::of(open.iter().map(|collection| collection.kind));
    let state = domain::declare(who, &collection, status, live.map(|commitment| commitment.state), sum)?;
    let new = store::commitment::New {
        collection: id,
        supporter: who,
        receiver: collection.owner,
        sum,
        state,
        month: aid.month(),
    };
    let commitment = match store::commitment::insert(aid.tx, new, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    };
    aid.happened(Event::Declared { help: commitment.help(), state });
    reaching::look(aid, &collection).await?;
    Ok(commitment)
}

/// Whether a member may help with this: they see its owner; for an initiative it is enough to be in one trust list.
async fn may_help(aid: &Aid<'_>, who: MemberId, collection: &Collection) -> Result<bool, Refused> {
    let asks_for_votes = collection.kind.asks_for_votes();
    let is_trusted = asks_for_votes && store::trust_list::is_shared(aid.tx, who, collection.owner).await?;
    Ok(is_trusted || cards::may_see(aid, who, collection.owner).await?)
}

/// Refuses a sum that is more than the collection lacks: between the question and its answer others may have helped. It
/// stays so until the turn is over, because the collection is taken.
pub async fn not_more_than_missing(aid: &Aid<'_>, id: CollectionId, sum: Money) -> Result<(), Refused> {
    let collection = store::collection::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let totals = store::commitment::totals(aid.tx, &collection, aid.month()).await?;
    if collection.is_open() && sum > totals.missing(collection.target) {
        return Err(Refusal::MoreThanMissing.into());
    }
    Ok(())
}

/// Declares an intention again that a month's end has made lapse: the same sum, for the month that it is now. Not when
/// something came of it since, nor when it is more than is missing, which is to be asked about.
pub async fn again(aid: &Work<'_>, who: MemberId, id: CommitmentId) -> Result<Commitment, Refused> {
    let lapsed = mine(aid, who, id).await?;
    if lapsed.supporter != who {
        return Err(Refusal::NotYours.into());
    }
    let newest = store::commitment::newest_of(aid.tx, lapsed.collection, who).await?.ok_or(Refusal::Unknown)?;
    match newest.state {
        State::Lapsed if newest.id == id => {
            not_more_than_missing(aid, lapsed.collection, lapsed.sum).await?;
            declare(aid, who, lapsed.collection, lapsed.sum).await
        }
        state if state.is_live() => Err(Refusal::AlreadyHelping.into()),
        state => Err(Refusal::NotNow { state }.into()),
    }
}

/// Refuses to promise an intention whose supporter was not asked about that: it is more than is missing, or another sum than
/// the one that they read.
pub async fn is_promised_as_asked(aid: &Aid<'_>, who: MemberId, id: CommitmentId, read: Money) -> Result<(), Refused> {
    let intention = mine(aid, who, id).await?;
    if intention.state != State::Intention {
        return Ok(());
    }
    if intention.sum != read {
        return Err(Refusal::OtherSum.into());
    }
    not_more_than_missing(aid, intention.collection, intention.sum).await
}

/// The obligation that a part of it is one with again, for one of its two sides.
pub async fn whole(aid: &Aid<'_>, who: MemberId, part: &Commitment) -> Result<Option<CommitmentId>, Refused> {
    if part.state != State::Merged || part.role_of(who).is_none() {
        return Ok(None);
    }
    Ok(store::commitment::whole(aid.tx, part).await?.map(|whole| whole.id))
}

/// What a member gives now to the collection of a commitment of theirs, if anything.
pub async fn helped_now(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Option<Commitment>, Refused> {
    let before = mine(aid, who, id).await?;
    Ok(store::commitment::live_of(aid.tx, before.collection, who).await?)
}

/// The intentions of a member that have lapsed and can be declared again, the newest first: a few at the most.
pub async fn lapsed(aid: &Aid<'_>, who: MemberId, most: u64) -> Result<Vec<Listed>, DbErr> {
    let slice = Slice { skip: 0, take: most };
    let listed = store::commitment::by_supporter(aid.tx, who, &[State::Lapsed], slice).await?;
    let newest =
        store::commitment::newest_of_each(aid.tx, who, listed.iter().map(|one| one.commitment.collection)).await?;
    let receivers = || listed.iter().map(|one| one.commitment.receiver);
    let open = store::collection::open_of_many(aid.tx, receivers()).await?;
    let held = store::member::suspended_among(aid.tx, receivers()).await?;
    let takes_help = |commitment: &Commitment| {
        let of = open.get(&commitment.receiver).map(Vec::as_slice).unwrap_or_default();
        let status = Status::of(of.iter().map(|collection| collection.kind));
        let collection = of.iter().find(|collection| collection.id == commitment.collection);
        let is_open = collection.is_some_and(|collection| !collection.is_paused(status));
        is_open && newest.contains(&commitment.id) && !held.contains(&commitment.receiver)
    };
    let mut listed: Vec<Listed> = listed.into_iter().filter(|one| takes_help(&one.commitment)).collect();
    namesakes::tell_apart(aid, who, listed.iter_mut().map(|one| (one.commitment.receiver, &mut one.name)).collect())
        .await?;
    Ok(listed)
}

/// Whether a lapsed intention can be declared again: nothing came of it since, and its collection takes help now.
pub async fn may_again(aid: &Aid<'_>, who: MemberId, helping: &Helping) -> Result<bool, Refused> {
    let Helping { commitment, collection, .. } = helping;
    let is_mine = commitment.state == State::Lapsed && commitment.supporter == who;
    if !is_mine || !collection.is_open() || helping.other_suspended {
        return Ok(false);
    }
    let open = store::collection::open_of(aid.tx, collection.owner).await?;
    let status = Status::of(open.iter().map(|collection| collection.kind));
    let newest = store::commitment::newest_of(aid.tx, collection.id, who).await?;
    Ok(!collection.is_paused(status) && newest.is_some_and(|newest| newest.id == commitment.id))
}

/// Whether one side of a commitment hears what the other does to it: they have not switched that off. (What asks them for
/// something they hear all the same.)
pub async fn hears_of_help(aid: &Aid<'_>, commitment: &Commitment, side: MemberId) -> Result<bool, Refused> {
    let category = if side == commitment.receiver { Category::HelpToMe } else { Category::OwnHelp };
    Ok(notifications::count_told(aid, [side], category).await? > 0)
}

/// One commitment, for one of its two sides; for anybody else there is none.
pub async fn helping(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Helping, Refused> {
    let whole = store::commitment::find_whole(aid.tx, id).await?;
    let whole = whole.filter(|whole| whole.commitment.role_of(who).is_some());
    let store::commitment::Whole { commitment, collection, note } = whole.ok_or(Refusal::Unknown)?;
    let standing = standing(aid, &commitment, &collection).await?;
    let other = if who == commitment.supporter { commitment.receiver } else { commitment.supporter };
    let (name, other_suspended) = members::called_beside(aid, who, other).await?;
    let mut available = match name.is_former() {
        true => Vec::new(),
        false => domain::available(&commitment, who, &standing, aid.now),
    };
    available.retain(|deed| !other_suspended || !deed.begins_or_asks());
    let title = match collection.kind.asks_for_votes() {
        true => store::initiative::find(aid.tx, collection.id).await?.map(|initiative| initiative.title),
        false => None,
    };
    Ok(Helping { commitment, collection, standing, name, title, note, other_suspended, available })
}

/// What the collection of a commitment still lacks.
pub async fn missing(aid: &Aid<'_>, helping: &Helping) -> Result<Money, Refused> {
    let totals = store::commitment::totals(aid.tx, &helping.collection, aid.month()).await?;
    Ok(totals.missing(helping.collection.target))
}

/// What the collection of an intention lacks beside it, where it is to have another sum: an initiative lacks votes, which bind
/// nobody, and everything else what is not promised yet.
pub async fn missing_beside(aid: &Aid<'_>, helping: &Helping) -> Result<Money, Refused> {
    let (target, totals) =
        (helping.collection.target, store::commitment::totals(aid.tx, &helping.collection, aid.month()).await?);
    Ok(match helping.collection.kind.asks_for_votes() {
        true => target.saturating_sub(initiative::voted(&totals).saturating_sub(helping.commitment.sum)),
        false => totals.missing(target),
    })
}

/// A commitment of which this member is one side.
pub(super) async fn mine(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Commitment, Refused> {
    let commitment = store::commitment::find(aid.tx, id).await?;
    let mine = commitment.filter(|commitment| commitment.role_of(who).is_some());
    Ok(mine.ok_or(Refusal::Unknown)?)
}

/// What matters to a commitment now: the emergencies of the two sides, its collection, what else is given to it.
pub(super) async fn standing(
    aid: &Aid<'_>,
    commitment: &Commitment,
    collection: &Collection,
) -> Result<Standing, Refused> {
    let both = [commitment.receiver, commitment.supporter];
    let open = store::collection::open_of_many(aid.tx, both).await?;
    let status = |member| {
        let of = open.get(&member).map(Vec::as_slice).unwrap_or_default();
        Status::of(of.iter().map(|collection| collection.kind))
    };
    let beside = store::commitment::beside(aid.tx, commitment).await?;
    let standing = Standing::of(collection.kind, status(commitment.receiver), status(commitment.supporter));
    Ok(standing.of_help_to(collection, commitment.month, aid.month(), beside))
}
