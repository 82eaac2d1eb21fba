//! A member's network as a picture shows it: who is in it, and who helps whom. It is what the pages of their network, cards and
//! circles show, seen at once.

use std::collections::HashSet;

use sea_orm::DbErr;

use super::{Aid, around, collections};
use crate::domain::{MemberId, Money, State, Status};
use crate::store::network::{Given, People, Whom};
use crate::store::{self, Slice};

/// A network, seen at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Surroundings {
    /// How the member is whose network it is.
    pub status: Status,
    /// Those who are near, as many as were asked for, those in need first; all are counted.
    pub near: People,
    /// Those further on, in the same way.
    pub further: People,
    /// Ties between these, and with the member. Each pair is there once for each direction of help.
    pub ties: Vec<Help>,
    /// Those of them with whom the member holds a guarantee. Of those between others only the two know.
    pub guarantees: Vec<MemberId>,
}

/// What one member gives another, or gave lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    pub supporter: MemberId,
    pub receiver: MemberId,
    /// They help with what the receiver asks for now; or else with something before, or on hold.
    pub now: bool,
    /// In which states, and how much: for the collection's owner and its circle only, and for the two of them.
    pub gives: Vec<(State, Money)>,
}

/// The network of a member, with at most so many named of those who are near, and as many of those further on.
pub async fn surroundings(aid: &Aid<'_>, me: MemberId, most: u64) -> Result<Surroundings, DbErr> {
    let first = Slice { skip: 0, take: most };
    let near = around(aid, me, Whom::Near, false, first).await?;
    let further = around(aid, me, Whom::Further, false, first).await?;
    let (status, _) = collections::standing_of(aid, me).await?;
    let shown: Vec<MemberId> = near.listed.iter().chain(&further.listed).map(|one| one.id).collect();
    let given = store::network::given_among(aid.tx, me, &shown, aid.lately(), aid.month_began()).await?;
    let near_by: HashSet<MemberId> = near.listed.iter().map(|one| one.id).collect();
    let guarantees = store::guarantee::of(aid.tx, me).await?.into_iter().map(|row| row.other_id);
    let guarantees = guarantees.filter(|other| near_by.contains(other)).collect();
    Ok(Surroundings { status, near, further, ties: joined(given), guarantees })
}

/// All that one gives another, as one.
fn joined(given: Vec<Given>) -> Vec<Help> {
    let mut ties: Vec<Help> = Vec::new();
    for Given { supporter, receiver, is_in_circle, gives } in given {
        let is_same = |tie: &&mut Help| tie.supporter == supporter && tie.receiver == receiver;
        match ties.last_mut().filter(is_same) {
            Some(tie) => {
                tie.now |= is_in_circle;
                tie.gives.extend(gives);
            }
            None => ties.push(Help { supporter, receiver, now: is_in_circle, gives: gives.into_iter().collect() }),
        }
    }
    ties
}
