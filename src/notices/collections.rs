//! What the owner's circle and network are told of a collection.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::{Facts, Kind, Names, Told, circle_of, facts, name, nothing};
use crate::aid::Aid;
use crate::conversation::{Choice, Route};
use crate::domain::{CollectionId, CollectionKind, Ending, Event, MemberId, State};
use crate::locale::Arg;
use crate::msg;
use crate::store::{self, Slice};

pub(super) const KINDS: &[Kind] = &[
    Kind { says: "notice-opened-monthly", choices: look_at_card },
    Kind { says: "notice-opened-emergency", choices: look_at_card },
    Kind { says: "notice-move-to-emergency", choices: move_to_emergency },
    Kind { says: "notice-target-changed", choices: nothing },
    Kind { says: "notice-date-changed", choices: nothing },
    Kind { says: "notice-ended-monthly", choices: nothing },
    Kind { says: "notice-ended-emergency", choices: nothing },
    Kind { says: "notice-covered", choices: nothing },
    Kind { says: "notice-covered-mine", choices: nothing },
    Kind { says: "notice-thanks", choices: nothing },
];

pub(super) async fn tell(aid: &Aid<'_>, event: &Event, names: &Names) -> Result<Vec<Told>, DbErr> {
    match *event {
        Event::CollectionOpened { owner, kind, target, ends_on, .. } => {
            let mut facts = facts([("name", name(names, owner)), ("sum", target.into())]);
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            opened(aid, owner, kind, facts).await
        }
        Event::TargetChanged { collection, owner, from, to, .. } => {
            let facts = facts([("name", name(names, owner)), ("from", from.into()), ("sum", to.into())]);
            Ok(to_all(circle_of(aid, collection).await?, "notice-target-changed", &facts))
        }
        Event::DateChanged { collection, owner, to, .. } => {
            let facts = facts([("name", name(names, owner)), ("date", to.into())]);
            Ok(to_all(circle_of(aid, collection).await?, "notice-date-changed", &facts))
        }
        Event::CollectionEnded { collection, owner, kind, ending, target, gathered, supporters } => {
            let facts = facts([
                ("name", name(names, owner)),
                ("sum", target.into()),
                ("gathered", gathered.into()),
                ("count", Arg::from(supporters)),
            ]);
            let kind = match (kind, ending) {
                (CollectionKind::Monthly, _) => "notice-ended-monthly",
                (CollectionKind::Emergency, Ending::Covered) => "notice-covered",
                (CollectionKind::Emergency, _) => "notice-ended-emergency",
            };
            ended(aid, owner, collection, kind, &facts).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The near circle is told who asks for help. Those whose intention an emergency puts on hold are asked instead
/// whether to turn it into an obligation.
async fn opened(aid: &Aid<'_>, owner: MemberId, kind: CollectionKind, facts: Facts) -> Result<Vec<Told>, DbErr> {
    let (kind, on_hold) = match kind {
        CollectionKind::Monthly => ("notice-opened-monthly", Vec::new()),
        CollectionKind::Emergency => ("notice-opened-emergency", intentions_on_hold(aid, owner).await?),
    };
    let asked: BTreeSet<MemberId> = on_hold.iter().map(|(supporter, ..)| *supporter).collect();
    let near = store::tie::near(aid.tx, owner, aid.month_began()).await?;
    let near: BTreeSet<MemberId> = near.into_keys().chain(supported_before(aid, owner).await?).collect();

    let to_ask = on_hold.into_iter().map(|(to, commitment, sum)| {
        let mut facts = facts.clone();
        facts.insert("intention".to_owned(), sum);
        Told { to, kind: "notice-move-to-emergency", facts, about: Some(commitment) }
    });
    let to_tell = near.into_iter().filter(|member| *member != owner && !asked.contains(member));
    let to_tell = to_tell.map(|to| Told { to, kind, facts: facts.clone(), about: Some(owner) });
    Ok(to_ask.chain(to_tell).collect())
}

/// The circle and the network are told the result, and those who helped in an emergency are thanked.
async fn ended(
    aid: &Aid<'_>,
    owner: MemberId,
    collection: CollectionId,
    kind: &'static str,
    facts: &Facts,
) -> Result<Vec<Told>, DbErr> {
    let thanked = match kind {
        "notice-ended-monthly" => BTreeSet::new(),
        _ => fulfilled(aid, collection).await?,
    };
    let network = store::tie::network(aid.tx, owner, aid.month_began()).await?;
    let mut concerned: BTreeSet<MemberId> = network.into_iter().map(|member| member.id).collect();
    concerned.extend(circle_of(aid, collection).await?);
    concerned.remove(&owner);

    let mut told = to_all(concerned.difference(&thanked).copied(), kind, facts);
    told.extend(to_all(thanked, "notice-thanks", facts));
    // Who ends a collection knows; that it is covered comes of itself, with what was confirmed last.
    if kind == "notice-covered" {
        told.extend(to_all([owner], "notice-covered-mine", facts));
    }
    Ok(told)
}

fn to_all(members: impl IntoIterator<Item = MemberId>, kind: &'static str, facts: &Facts) -> Vec<Told> {
    members.into_iter().map(|to| Told { to, kind, facts: facts.clone(), about: None }).collect()
}

/// The intentions to the monthly collection that an emergency of the same owner puts on hold: each
/// supporter is asked whether to turn theirs into an obligation.
async fn intentions_on_hold(aid: &Aid<'_>, owner: MemberId) -> Result<Vec<(MemberId, i64, Arg)>, DbErr> {
    let all = Slice { skip: 0, take: u64::from(u16::MAX) };
    let listed = store::commitment::by_receiver(aid.tx, owner, &[State::Intention], all).await?;
    let on_hold = listed.into_iter().map(|one| one.commitment);
    Ok(on_hold.map(|intention| (intention.supporter, intention.id, Arg::from(intention.sum))).collect())
}

/// Those whose tie to the owner is only on hold are near all the same.
async fn supported_before(aid: &Aid<'_>, owner: MemberId) -> Result<Vec<MemberId>, DbErr> {
    let all = Slice { skip: 0, take: u64::from(u16::MAX) };
    let listed = store::commitment::by_supporter(aid.tx, owner, &[State::Intention], all).await?;
    Ok(listed.into_iter().map(|one| one.commitment.receiver).collect())
}

/// Those whose help to the collection is confirmed.
async fn fulfilled(aid: &Aid<'_>, collection: i64) -> Result<BTreeSet<MemberId>, DbErr> {
    let all = Slice { skip: 0, take: u64::from(u16::MAX) };
    let states = [State::Fulfilled, State::FulfilledLate];
    let listed = store::commitment::of_collection(aid.tx, collection, &states, all).await?;
    Ok(listed.into_iter().map(|one| one.commitment.supporter).collect())
}

fn look_at_card(owner: i64) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-card"), Route::new("card").with(owner))]]
}

fn move_to_emergency(commitment: i64) -> Vec<Vec<Choice>> {
    vec![vec![
        Choice::deed(msg!("deed-move"), "move"),
        Choice::go(msg!("notice-look"), Route::new("commitment").with(commitment)),
    ]]
}
