//! Initiatives: proposed, voted for, reached, ended, and what their initiators change and tell.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::circle::INTENDED;
use super::help::{claim, promise};
use super::kind::Kind;
use super::queue::queue;
use super::{Fact, Facts, Told, facts, help, proposed};
use crate::aid::{Aid, initiatives};
use crate::domain::initiative::{Stage, stage};
use crate::domain::{
    About, Category, Collection, CollectionId, CommitmentId, Ending, Event, Help, MemberId, Money, State, Status,
};
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
    // Whoever has an emergency can't promise before it is over.
    Kind::tells("notice-initiative-reached-held", OwnHelp).so_in(INTENDED).on_commitment(look_at_help),
    Kind::tells("notice-initiative-reached-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-paused", OwnHelp).so_in(INTENDED).on_commitment(look_at_help),
    Kind::tells("notice-initiative-remind", Reminders).by_day().on_commitment(promise),
    Kind::tells("notice-initiative-lowered", Supported).held().on_collection(look_at),
    Kind::tells("notice-initiative-prolonged", Supported).held().on_collection(look_at),
    Kind::tells("notice-initiative-news", Supported).on_collection(look_at),
    Kind::tells("notice-initiative-not-reached", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-not-reached-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-cancelled", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-cancelled-promised", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-initiative-cancelled-given", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-closed", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-closed-promised", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-initiative-closed-given", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-closed-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-promised", OwnHelp).with_payment().on_commitment(claim),
    Kind::tells("notice-initiative-unpromised", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-given", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-held-over", OwnHelp).on_collection(look_at),
    Kind::tells("notice-initiative-held-promised", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-initiative-promised-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-nobody-mine", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiative-ended-meanwhile", HelpToMe).on_collection(look_at),
    Kind::tells("notice-initiator-left", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-initiator-left-given", OwnHelp).on_commitment(look_at_help),
    Kind::tells("notice-voter-left", HelpToMe).on_commitment(look_at_help),
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
            let red = red_among(aid, &told).await?;
            told.iter_mut()
                .filter(|told| red.contains(&told.to))
                .for_each(|told| told.kind = "notice-initiative-reached-held");
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
        Event::InitiativePaused { collection, owner } => {
            of_votes(aid, collection, State::Intention, "notice-initiative-paused", &about(collection, owner)).await
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
    let red = red_among(aid, &told).await?;
    queue(aid, told.into_iter().filter(|told| !red.contains(&told.to)).map(Into::into).collect()).await
}

/// Those of whom these are told who are Red: what they intend for others is on hold, so they can't promise it.
async fn red_among(aid: &Aid<'_>, told: &[Told]) -> Result<BTreeSet<MemberId>, DbErr> {
    let open = store::collection::open_of_many(aid.tx, told.iter().map(|told| told.to)).await?;
    let is_red = |of: &[Collection]| Status::of(of.iter().map(|one| one.kind)) == Status::Red;
    Ok(open.into_iter().filter(|(_, of)| is_red(of)).map(|(member, _)| member).collect())
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
        Event::CancelledByLeaving { .. } => help::tell(event).map(|told| match told.kind {
            // With its initiator its name is gone.
            "notice-receiver-left" => Told { kind: "notice-initiator-left", ..told },
            "notice-supporter-left" => {
                let mut told = Told { kind: "notice-voter-left", ..told };
                told.facts.insert("title".to_owned(), Fact::Initiative(help.collection));
                told
            }
            _ => told,
        }),
        _ => help::tell(event).map(|mut told| {
            told.facts.insert(OF_INITIATIVE.to_owned(), Fact::Initiative(help.collection));
            told
        }),
    }
}

/// What is told of an end: to those whose votes end by it, those whose promises stand, those who have given something already,
/// and the initiator.
struct End {
    votes: Option<&'static str>,
    /// What was promised stands, whatever the end.
    promises: Option<&'static str>,
    given: Option<&'static str>,
    mine: Option<&'static str>,
}

impl End {
    /// When its initiator leaves, the other sides of what was not settled are told so by themselves. `nobody`: nothing was promised; `held`: its initiator
    /// is suspended, and nobody could promise.
    fn of(ending: Ending, nobody: bool, held: bool) -> Option<End> {
        Some(match ending {
            Ending::Expired | Ending::Reached if held => End {
                votes: Some("notice-initiative-held-over"),
                promises: Some("notice-initiative-held-promised"),
                given: Some("notice-initiative-given"),
                mine: None,
            },
            // Nothing was promised or given before it had its votes.
            Ending::Expired => End {
                votes: Some("notice-initiative-not-reached"),
                promises: None,
                given: None,
                mine: Some("notice-initiative-not-reached-mine"),
            },
            Ending::Ended => End {
                votes: Some("notice-initiative-cancelled"),
                promises: Some("notice-initiative-cancelled-promised"),
                given: Some("notice-initiative-cancelled-given"),
                mine: None,
            },
            Ending::Closed => End {
                votes: Some("notice-initiative-closed"),
                promises: Some("notice-initiative-closed-promised"),
                given: Some("notice-initiative-closed-given"),
                mine: Some("notice-initiative-closed-mine"),
            },
            Ending::Reached => End {
                votes: Some("notice-initiative-unpromised"),
                promises: Some("notice-initiative-promised"),
                given: Some("notice-initiative-given"),
                mine: Some(if nobody { "notice-initiative-nobody-mine" } else { "notice-initiative-promised-mine" }),
            },
            // With its initiator its name is gone.
            Ending::Left => End { votes: None, promises: None, given: Some("notice-initiator-left-given"), mine: None },
            Ending::Covered => return None,
        })
    }
}

async fn ended(
    aid: &Aid<'_>,
    (collection, owner): (CollectionId, MemberId),
    ending: Ending,
    facts: &Facts,
    nobody: bool,
) -> Result<Vec<Told>, DbErr> {
    let held = store::member::is_suspended(aid.tx, owner).await?;
    let Some(end) = End::of(ending, nobody, held) else { return Ok(Vec::new()) };
    let nameless = Facts::default();
    let facts = if ending == Ending::Left { &nameless } else { facts };
    // The intentions that it has taken with it, as it ended just now.
    let mut told = Vec::new();
    if let Some(kind) = end.votes {
        told.extend(of_votes(aid, collection, State::Cancelled, kind, facts).await?);
    }
    if let Some(kind) = end.promises {
        told.extend(of_votes(aid, collection, State::Obligation, kind, facts).await?);
    }
    if let Some(kind) = end.given {
        // Whoever has promised more, or voted once more, reads of that.
        let known: BTreeSet<MemberId> = told.iter().map(|told| told.to).collect();
        let given = of_given(aid, (collection, ending), kind, facts).await?;
        told.extend(given.into_iter().filter(|given| !known.contains(&given.to)));
    }
    told.extend(end.mine.map(|kind| to_all([owner], kind, facts, collection)).into_iter().flatten());
    Ok(told)
}

/// Whoever is restored reads which of their initiatives have ended while they were suspended, and with what: nothing was told to
/// them then.
pub(super) async fn ended_meanwhile(aid: &Aid<'_>, owner: MemberId, since: DateTime<Utc>) -> Result<Vec<Told>, DbErr> {
    let ended = store::collection::initiatives_ended_since(aid.tx, owner, since).await?;
    let ids: Vec<CollectionId> = ended.iter().map(|one| one.id).collect();
    let voted = store::initiative::figures_of(aid.tx, &ids).await?;
    let mut told = Vec::new();
    // A few at the most.
    for one in ended {
        let mut facts = about(one.id, owner);
        let voted = voted.get(&one.id).map(|figures| figures.voted).unwrap_or_default();
        let promised = store::commitment::promised(aid.tx, one.id).await?;
        let sums = [("sum", one.target), ("voted", voted), ("promised", promised)];
        facts.extend(sums.map(|(name, sum)| (name.to_owned(), sum.into())));
        let kind = match one.ended {
            Some(Ending::Closed) => "notice-initiative-closed-mine",
            _ => "notice-initiative-ended-meanwhile",
        };
        told.extend(to_all([owner], kind, &facts, one.id));
    }
    Ok(told)
}

/// One notice for each who has given something to it, which says how much that is in all.
async fn of_given(
    aid: &Aid<'_>,
    (collection, ending): (CollectionId, Ending),
    kind: &'static str,
    facts: &Facts,
) -> Result<Vec<Told>, DbErr> {
    let listed = store::commitment::of_collection(aid.tx, collection, &initiatives::GIVEN, Slice::ALL).await?;
    let mut given: BTreeMap<MemberId, (Money, CommitmentId)> = BTreeMap::new();
    for one in listed {
        let of = given.entry(one.commitment.supporter).or_insert((Money::default(), one.commitment.id));
        of.0 = of.0.saturating_add(one.commitment.sum);
    }
    let told = |(to, (sum, help))| {
        // Without its initiator nobody sees it any more; what was given they do.
        let about = if ending == Ending::Left { About::Commitment(help) } else { About::Collection(collection) };
        Told { to, kind, facts: facts.clone(), about: Some(about) }.with("mine", sum)
    };
    Ok(given.into_iter().map(told).collect())
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
        let about = match state {
            // Of what has ended by it, there is more to read on its page.
            State::Cancelled => About::Collection(collection),
            _ => About::Commitment(one.commitment.id),
        };
        Told { to: one.commitment.supporter, kind, facts, about: Some(about) }
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
