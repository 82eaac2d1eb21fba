//! Initiatives: proposed, voted for, reached, ended, and what their initiators change and tell.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::help::{claim, promise};
use super::kind::Kind;
use super::queue::queue;
use super::{Fact, Facts, Told, facts, help, proposed};
use crate::aid::{Aid, initiatives};
use crate::domain::initiative::{Stage, stage};
use crate::domain::{About, Category, CollectionId, CommitmentId, Ending, Event, Help, MemberId, State, Status};
use crate::store::{self, Slice};
use exodus_engine::conversation::{Choice, Fault, Route};
use exodus_engine::msg;

use Category::{HelpToMe, Network, OwnHelp, Reminders, Supported};

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-initiative-proposed", Network).to_all().on_collection(vote).read_by(proposed::read),
    Kind::tells("notice-initiative-vote", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-vote-changed", HelpToMe).held().on_collection(look_at),
    Kind::tells("notice-initiative-vote-withdrawn", HelpToMe).on_collection(look_at),
    Kind::asks("notice-initiative-reached", OwnHelp).on_commitment(promise),
    Kind::tells("notice-initiative-reached-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-remind", Reminders).by_day().on_commitment(promise),
    Kind::tells("notice-initiative-lowered", Supported).held().on_collection(look_at),
    Kind::tells("notice-initiative-prolonged", Supported).held().on_collection(look_at),
    Kind::tells("notice-initiative-news", Supported).on_collection(look_at),
    Kind::tells("notice-initiative-not-reached", OwnHelp),
    Kind::tells("notice-initiative-not-reached-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-cancelled", OwnHelp),
    Kind::tells("notice-initiative-cancelled-promised", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-initiative-closed", OwnHelp),
    Kind::tells("notice-initiative-closed-promised", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-initiative-closed-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-promised", OwnHelp).with_payment().on_commitment(claim),
    Kind::tells("notice-initiative-unpromised", OwnHelp),
    Kind::tells("notice-initiative-promised-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-nobody-mine", HelpToMe).on_collection(look_at),
];

/// The fact by which help to an initiative says which one it is.
pub(super) const OF_INITIATIVE: &str = "initiative";

/// What is told of an initiative. What its voters do is told to its initiator alone: a thousand voters would else read of each
/// other a million times.
pub(super) async fn tell(aid: &Aid<'_>, event: &Event) -> Result<Vec<Told>, DbErr> {
    match *event {
        Event::InitiativeProposed { collection, owner, target, ends_on } => {
            let mut facts = about(collection, owner);
            facts.insert("sum".to_owned(), target.into());
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            Ok(to_all(initiatives::audience(aid, owner).await?, "notice-initiative-proposed", &facts, collection))
        }
        Event::InitiativeReached { collection, owner, voted, by, .. } => {
            let mut facts = about(collection, owner);
            facts.insert("date".to_owned(), by.into());
            let mut told = of_votes(aid, collection, State::Intention, "notice-initiative-reached", &facts).await?;
            facts.insert("voted".to_owned(), voted.into());
            told.extend(to_all([owner], "notice-initiative-reached-mine", &facts, collection));
            Ok(told)
        }
        Event::InitiativeLowered { collection, owner, from, to } => {
            let mut facts = about(collection, owner);
            facts.extend([("from".to_owned(), from.into()), ("sum".to_owned(), to.into())]);
            Ok(to_all(initiatives::voters(aid, collection).await?, "notice-initiative-lowered", &facts, collection))
        }
        Event::InitiativeProlonged { collection, owner, to } => {
            let mut facts = about(collection, owner);
            facts.insert("date".to_owned(), to.into());
            Ok(to_all(initiatives::voters(aid, collection).await?, "notice-initiative-prolonged", &facts, collection))
        }
        Event::InitiativeNews { collection, owner, news } => {
            let mut facts = about(collection, owner);
            facts.insert("news".to_owned(), Fact::News(news));
            Ok(to_all(initiatives::voters(aid, collection).await?, "notice-initiative-news", &facts, collection))
        }
        Event::InitiativeEnded { collection, owner, ending, target, voted, promised } => {
            let nobody = !promised.is_positive();
            let mut facts = about(collection, owner);
            facts.extend([
                ("sum".to_owned(), target.into()),
                ("voted".to_owned(), voted.into()),
                ("promised".to_owned(), promised.into()),
            ]);
            ended(aid, (collection, owner), ending, &facts, nobody).await
        }
        _ => Ok(Vec::new()),
    }
}

/// Reminds those who have voted for an initiative and not promised yet that their days for that come to their end.
///
/// # Errors
/// The database does not answer.
pub async fn remind_voters(aid: &Aid<'_>, id: CollectionId) -> Result<(), Fault> {
    let Some(initiative) = store::collection::find(aid.tx, id).await? else { return Ok(()) };
    let Stage::Promising(by) = stage(&initiative, &aid.rules.zone) else { return Ok(()) };
    let mut facts = about(id, initiative.owner);
    facts.insert("date".to_owned(), by.into());
    if store::member::is_suspended(aid.tx, initiative.owner).await? {
        // Nobody can promise to them meanwhile.
        return Ok(());
    }
    let told = of_votes(aid, id, State::Intention, "notice-initiative-remind", &facts).await?;
    // Nobody is pressed while they are Red.
    let open = store::collection::open_of_many(aid.tx, told.iter().map(|told| told.to)).await?;
    let is_red =
        |member: &MemberId| Status::of(open.get(member).into_iter().flatten().map(|one| one.kind)) == Status::Red;
    queue(aid, told.into_iter().filter(|told| !is_red(&told.to)).map(Into::into).collect()).await
}

/// What the other side reads of help to an initiative: its initiator of a vote, and of the rest what is told of any help, with
/// which one it is for.
pub(super) fn tell_of_vote(event: &Event, help: Help) -> Option<Told> {
    let told = |kind| {
        let mut facts = about(help.collection, help.supporter);
        facts.insert("sum".to_owned(), help.sum.into());
        Told { to: help.receiver, kind, facts, about: Some(About::Collection(help.collection)) }
    };
    match *event {
        Event::Declared { .. } => Some(told("notice-initiative-vote")),
        Event::Changed { from, .. } => Some(told("notice-initiative-vote-changed").with("from", from)),
        Event::Withdrawn { .. } => Some(told("notice-initiative-vote-withdrawn")),
        // With its initiator its name is gone.
        Event::CancelledByLeaving { .. } => help::tell(event),
        _ => help::tell(event).map(|mut told| {
            told.facts.insert(OF_INITIATIVE.to_owned(), Fact::Initiative(help.collection));
            told
        }),
    }
}

/// `nobody`: nothing was promised.
async fn ended(
    aid: &Aid<'_>,
    (collection, owner): (CollectionId, MemberId),
    ending: Ending,
    facts: &Facts,
    nobody: bool,
) -> Result<Vec<Told>, DbErr> {
    // What was promised before stands, whatever the end.
    let (of_intentions, of_promises, mine) = match ending {
        Ending::Expired => ("notice-initiative-not-reached", None, Some("notice-initiative-not-reached-mine")),
        Ending::Ended => ("notice-initiative-cancelled", Some("notice-initiative-cancelled-promised"), None),
        Ending::Closed => (
            "notice-initiative-closed",
            Some("notice-initiative-closed-promised"),
            Some("notice-initiative-closed-mine"),
        ),
        Ending::Reached => (
            "notice-initiative-unpromised",
            Some("notice-initiative-promised"),
            Some(if nobody { "notice-initiative-nobody-mine" } else { "notice-initiative-promised-mine" }),
        ),
        // The other sides of what was not settled are told so.
        Ending::Left | Ending::Covered => return Ok(Vec::new()),
    };
    // The intentions that it has taken with it, as it ended just now.
    let mut told = of_votes(aid, collection, State::Cancelled, of_intentions, facts).await?;
    if let Some(kind) = of_promises {
        told.extend(of_votes(aid, collection, State::Obligation, kind, facts).await?);
    }
    told.extend(mine.map(|kind| to_all([owner], kind, facts, collection)).into_iter().flatten());
    Ok(told)
}

/// Facts that name an initiative, and somebody.
fn about(collection: CollectionId, who: MemberId) -> Facts {
    facts([("title", Fact::Initiative(collection)), ("name", Fact::Member(who))])
}

/// One notice for each vote in this state, which says how much it was.
async fn of_votes(
    aid: &Aid<'_>,
    collection: CollectionId,
    state: State,
    kind: &'static str,
    facts: &Facts,
) -> Result<Vec<Told>, DbErr> {
    let listed = store::commitment::of_collection(aid.tx, collection, &[state], Slice::ALL).await?;
    let told = listed.into_iter().map(|one| {
        let mut facts = facts.clone();
        facts.insert("mine".to_owned(), one.commitment.sum.into());
        if state == State::Intention {
            // What is promised is what was read.
            facts.insert("sum".to_owned(), one.commitment.sum.into());
        }
        Told { to: one.commitment.supporter, kind, facts, about: Some(About::Commitment(one.commitment.id)) }
    });
    Ok(told.collect())
}

fn to_all(
    members: impl IntoIterator<Item = MemberId>,
    kind: &'static str,
    facts: &Facts,
    collection: CollectionId,
) -> Vec<Told> {
    let members: BTreeSet<MemberId> = members.into_iter().collect();
    let about = Some(About::Collection(collection));
    members.into_iter().map(|to| Told { to, kind, facts: facts.clone(), about }).collect()
}

fn look_at(initiative: CollectionId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("initiative").with(initiative))]]
}

fn look_at_help(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("commitment").with(id))]]
}

fn vote(initiative: CollectionId) -> Vec<Vec<Choice>> {
    vec![vec![
        Choice::go(msg!("initiative-vote-other"), Route::new("vote").with(initiative)),
        Choice::go(msg!("notice-look"), Route::new("initiative").with(initiative)),
    ]]
}
