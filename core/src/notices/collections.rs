//! What the owner's circle and network are told of a collection.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::help::{claim, remind};
use super::{Fact, Facts, Kind, Told, circle_of, facts};
use crate::aid::{self, Aid};
use crate::domain::{
    About, Category, CollectionId, CollectionKind, CommitmentId, Ending, Event, Help, MemberId, Ring, State, Status,
};
use crate::store::{self, Slice};
use exodus_engine::conversation::{Choice, Route};
use exodus_engine::msg;

use Category::{HelpToMe, Network, OwnHelp, Supported};

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-opened-monthly", Network).on_member(look_at_card),
    Kind::tells("notice-opened-emergency", Network).on_member(look_at_card),
    Kind::asks("notice-move-to-emergency", Network).on_commitment(move_to_emergency),
    Kind::tells("notice-target-changed", Supported).held(),
    Kind::tells("notice-date-changed", Supported).held(),
    Kind::tells("notice-date-changed-promised", OwnHelp).held().on_commitment(claim),
    Kind::tells("notice-ended-monthly", Network),
    Kind::tells("notice-ended-emergency", Network),
    Kind::tells("notice-ended-promised", OwnHelp).on_commitment(claim),
    Kind::tells("notice-ended-monthly-promised", OwnHelp).on_commitment(claim),
    Kind::tells("notice-ended-claimed", OwnHelp).on_commitment(remind),
    Kind::tells("notice-covered", Network),
    Kind::tells("notice-covered-mine", HelpToMe),
    Kind::tells("notice-ran-out", HelpToMe).on_collection(ask_again),
    Kind::tells("notice-ran-out-mine", HelpToMe).on_collection(release),
    Kind::tells("notice-ran-out-claimed", HelpToMe).on_collection(release),
    Kind::tells("notice-thanks", OwnHelp),
];

pub(super) async fn tell(aid: &Aid<'_>, event: &Event) -> Result<Vec<Told>, DbErr> {
    match *event {
        Event::CollectionOpened { owner, kind, target, ends_on, .. } => {
            let mut facts = facts([("name", Fact::Member(owner)), ("sum", target.into())]);
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            opened(aid, owner, kind, facts).await
        }
        Event::TargetChanged { collection, owner, from, to, .. } => {
            let facts = facts([("name", Fact::Member(owner)), ("from", from.into()), ("sum", to.into())]);
            Ok(to_all(circle_of(aid, collection).await?, "notice-target-changed", &facts))
        }
        Event::DateChanged { collection, owner, to, .. } => {
            let facts = facts([("name", Fact::Member(owner)), ("date", to.into())]);
            let circle = to_all(circle_of(aid, collection).await?, "notice-date-changed", &facts);
            // For whoever owes help it is another date of their own promise.
            Ok(instead(owing(aid, collection, "notice-date-changed-promised", &facts).await?, circle))
        }
        // The other sides of what was not settled are told so; to all others a name would say something, and there is none.
        Event::CollectionEnded { ending: Ending::Left, .. } => Ok(Vec::new()),
        Event::CollectionEnded { collection, owner, kind, ending, target, gathered, supporters } => {
            let facts = facts([
                ("name", Fact::Member(owner)),
                ("sum", target.into()),
                ("gathered", gathered.into()),
                ("count", supporters.into()),
            ]);
            match kind.is_of_a_month() {
                true => monthly_ended(aid, collection, &facts).await,
                false => emergency_ended(aid, owner, collection, ending, &facts).await,
            }
        }
        _ => Ok(Vec::new()),
    }
}

/// The near circle is told who asks for help. Those whose intention an emergency puts on hold are asked instead
/// whether to turn it into an obligation.
async fn opened(aid: &Aid<'_>, owner: MemberId, kind: CollectionKind, facts: Facts) -> Result<Vec<Told>, DbErr> {
    let on_hold = match kind.means_status() {
        Some(Status::Red) => intentions_on_hold(aid, owner).await?,
        Some(Status::Orange | Status::Green) | None => Vec::new(),
    };
    let kind = match kind {
        CollectionKind::Monthly => "notice-opened-monthly",
        CollectionKind::Emergency => "notice-opened-emergency",
        // Its pool is asked; and of an initiative others are told otherwise.
        CollectionKind::Case | CollectionKind::Initiative => return Ok(Vec::new()),
    };
    let asked: BTreeSet<MemberId> = on_hold.iter().map(|(supporter, ..)| *supporter).collect();
    let near = aid::beyond(aid, owner, Ring::Nobody, Ring::Near).await?;

    let to_ask = on_hold.into_iter().map(|(to, commitment, sum)| {
        let mut facts = facts.clone();
        facts.insert("intention".to_owned(), sum);
        Told { to, kind: "notice-move-to-emergency", facts, about: Some(About::Commitment(commitment)) }
    });
    let to_tell = near.into_iter().filter(|member| !asked.contains(member));
    let to_tell = to_tell.map(|to| Told { to, kind, facts: facts.clone(), about: Some(About::Member(owner)) });
    Ok(to_ask.chain(to_tell).collect())
}

/// The circle, and all whom word of it had reached, are told the result.
async fn ended(aid: &Aid<'_>, collection: CollectionId, kind: &'static str, facts: &Facts) -> Result<Vec<Told>, DbErr> {
    let Some(ended) = store::collection::find(aid.tx, collection).await? else { return Ok(Vec::new()) };
    let mut concerned = aid::concerned(aid, &ended).await?;
    // Whoever hears what becomes of their own help by it needs no second word.
    for cancelled in in_states(aid, collection, &[State::Cancelled]).await? {
        concerned.remove(&cancelled.supporter);
    }
    Ok(to_all(concerned, kind, facts))
}

/// Those who still owe help are told that it stands, and those who have helped that it waits to be confirmed.
async fn monthly_ended(aid: &Aid<'_>, collection: CollectionId, facts: &Facts) -> Result<Vec<Told>, DbErr> {
    let unsettled = unsettled(aid, collection, "notice-ended-monthly-promised", facts).await?;
    let told = ended(aid, collection, "notice-ended-monthly", facts).await?;
    Ok(instead(unsettled, told))
}

/// What becomes of the help that is neither settled nor cancelled when a collection ends.
async fn unsettled(
    aid: &Aid<'_>,
    collection: CollectionId,
    promised: &'static str,
    facts: &Facts,
) -> Result<Vec<Told>, DbErr> {
    let mut told = owing(aid, collection, promised, facts).await?;
    told.extend(of_help(in_states(aid, collection, &[State::Claimed]).await?, "notice-ended-claimed", facts));
    Ok(told)
}

/// Whoever owes help to a collection is told so of their own promise.
async fn owing(aid: &Aid<'_>, collection: CollectionId, kind: &'static str, facts: &Facts) -> Result<Vec<Told>, DbErr> {
    Ok(of_help(in_states(aid, collection, &[State::Obligation]).await?, kind, facts))
}

fn of_help(help: Vec<Help>, kind: &'static str, facts: &Facts) -> Vec<Told> {
    let told = |help: Help| {
        let mut facts = facts.clone();
        facts.insert("promised".to_owned(), help.sum.into());
        Told { to: help.supporter, kind, facts, about: Some(About::Commitment(help.commitment)) }
    };
    help.into_iter().map(told).collect()
}

/// These, and of the others what is not to one of the same members.
fn instead(mut these: Vec<Told>, others: Vec<Told>) -> Vec<Told> {
    let told: BTreeSet<MemberId> = these.iter().map(|told| told.to).collect();
    these.extend(others.into_iter().filter(|other| !told.contains(&other.to)));
    these
}

/// Those who helped in an emergency are thanked, and those who still owe help are told that it stands.
async fn emergency_ended(
    aid: &Aid<'_>,
    owner: MemberId,
    collection: CollectionId,
    ending: Ending,
    facts: &Facts,
) -> Result<Vec<Told>, DbErr> {
    let kind = if ending == Ending::Covered { "notice-covered" } else { "notice-ended-emergency" };
    let told = ended(aid, collection, kind, facts).await?;
    let helped = in_states(aid, collection, &[State::Fulfilled, State::FulfilledLate]).await?;
    let thanked: BTreeSet<MemberId> = helped.iter().map(|help| help.supporter).collect();
    let unsettled = unsettled(aid, collection, "notice-ended-promised", facts).await?;
    let owe = unsettled.iter().any(|told| told.kind == "notice-ended-promised");
    let claims = unsettled.iter().any(|told| told.kind == "notice-ended-claimed");
    let mut told = instead(unsettled, instead(to_all(thanked, "notice-thanks", facts), told));
    // Who ends a collection knows; that it is covered, or that its date has passed, comes of itself.
    told.extend(match ending {
        Ending::Covered => to_all([owner], "notice-covered-mine", facts),
        Ending::Expired => {
            let kind = match (claims, owe) {
                (true, _) => "notice-ran-out-claimed",
                (false, true) => "notice-ran-out-mine",
                (false, false) => "notice-ran-out",
            };
            vec![Told { to: owner, kind, facts: facts.clone(), about: Some(About::Collection(collection)) }]
        }
        Ending::Ended | Ending::Left | Ending::Reached | Ending::Closed => Vec::new(),
    });
    Ok(told)
}

fn to_all(members: impl IntoIterator<Item = MemberId>, kind: &'static str, facts: &Facts) -> Vec<Told> {
    members.into_iter().map(|to| Told { to, kind, facts: facts.clone(), about: None }).collect()
}

/// The intentions to the monthly collection that an emergency of the same owner puts on hold: each
/// supporter is asked whether to turn theirs into an obligation.
async fn intentions_on_hold(aid: &Aid<'_>, owner: MemberId) -> Result<Vec<(MemberId, CommitmentId, Fact)>, DbErr> {
    let listed = store::commitment::by_receiver(aid.tx, owner, &[State::Intention], Slice::ALL).await?;
    // A vote for an initiative goes on.
    let on_hold = listed.into_iter().filter(|one| one.kind.is_of_a_month()).map(|one| one.commitment);
    Ok(on_hold.map(|intention| (intention.supporter, intention.id, intention.sum.into())).collect())
}

/// The help to a collection that is in one of these states.
async fn in_states(aid: &Aid<'_>, collection: CollectionId, states: &[State]) -> Result<Vec<Help>, DbErr> {
    let listed = store::commitment::of_collection(aid.tx, collection, states, Slice::ALL).await?;
    Ok(listed.into_iter().map(|one| one.commitment.help()).collect())
}

pub(super) fn look_at_card(owner: MemberId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-card"), Route::new("card").with(owner))]]
}

/// The deed that promises an intention for the emergency that puts it on hold.
pub(super) const MOVE: &str = "move";

fn move_to_emergency(commitment: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![
        Choice::deed(msg!("notice-move"), MOVE),
        Choice::go(msg!("notice-look"), Route::new("commitment").with(commitment)),
    ]]
}

fn release(collection: CollectionId) -> Vec<Vec<Choice>> {
    let release = Choice::go(msg!("notice-release"), Route::new("end").with(collection));
    std::iter::once(vec![release]).chain(ask_again(collection)).collect()
}

fn ask_again(_: CollectionId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-ask-again"), Route::new("ask-emergency"))]]
}
