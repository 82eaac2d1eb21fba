use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{Aid, Refused, Work, namesakes};
use crate::domain::{Called, Event, MemberId, Refusal};
use crate::store;
use exodus_engine::conversation::{Fault, Moment, Person};

/// Who may become a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Registration {
    /// Anybody.
    #[default]
    Open,
    /// Whoever holds an invite.
    Invite,
}

/// The member who is talking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub id: MemberId,
    pub name: String,
    pub lang: String,
    /// Since when, and why, the administrators have suspended them.
    pub suspended: Option<Suspension>,
}

/// That a member is suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    pub since: DateTime<Utc>,
    /// As an administrator wrote it.
    pub why: String,
}

impl Suspension {
    pub(super) fn of(member: &store::member::Model) -> Option<Suspension> {
        Some(Suspension { since: member.suspended_at?, why: member.suspended_why.clone()? })
    }
}

/// The member whom the engine knows as this person; and whether something of theirs is of a month that has ended and has
/// still to be closed ([`super::unit::close_what_is_over`]).
pub async fn arrive(aid: &Aid<'_>, person: &Person) -> Result<Option<(Me, bool)>, DbErr> {
    let arrived = store::member::arriving(aid.tx, person.id, aid.month()).await?;
    Ok(arrived.map(|(member, is_behind)| {
        let suspended = Suspension::of(&member);
        (Me { suspended, id: member.id, name: member.name, lang: person.lang.clone() }, is_behind)
    }))
}

/// Somebody whose account is to be another member's. True: they never did a thing that concerns anybody, nor told
/// anything of themselves, and nothing is left of them now that mutual aid keeps.
pub async fn makes_way(at: &Moment<'_>, who: MemberId) -> Result<bool, DbErr> {
    store::idle::makes_way(at.tx, who, at.now).await
}

/// Registers a newcomer: a member with no request of their own, so Green.
pub async fn register(
    aid: &Work<'_>,
    messenger: &str,
    address: &str,
    name: &str,
    lang: &str,
    invited_to: Option<MemberId>,
) -> Result<Me, Refused> {
    let member = store::member::insert(aid.tx, name, lang, aid.now).await?;
    match store::account::insert(aid.tx, member.id, messenger, address, aid.now).await {
        // The same person was registered in the same moment by another process.
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        account => account?,
    };
    aid.happened(Event::Registered { member: member.id, invited_to });
    Ok(Me { id: member.id, name: member.name, lang: lang.to_owned(), suspended: None })
}

/// What a member is called by another who reads of them.
pub async fn name_of(aid: &Aid<'_>, reader: MemberId, member: MemberId) -> Result<Called, Refused> {
    let mut called = namesakes::called(aid, reader, [member]).await?;
    Ok(called.remove(&member).ok_or(Refusal::Unknown)?)
}

/// Refuses what nobody can do for one who is suspended.
pub(super) async fn takes_part(aid: &Aid<'_>, member: MemberId) -> Result<(), Refused> {
    if store::member::is_suspended(aid.tx, member).await? { Err(Refusal::Suspended.into()) } else { Ok(()) }
}

/// What this reader calls somebody for whom something is to be done; refused where nobody can do it, as they are suspended.
pub(super) async fn name_of_whoever_takes_part(
    aid: &Aid<'_>,
    reader: MemberId,
    member: MemberId,
) -> Result<Called, Refused> {
    match called_beside(aid, reader, member).await? {
        (_, true) => Err(Refusal::Suspended.into()),
        (called, _) if called.is_former() => Err(Refusal::Unknown.into()),
        (called, _) => Ok(called),
    }
}

/// What this reader calls somebody beside what they once did, also when they have left.
pub(super) async fn called(aid: &Aid<'_>, reader: MemberId, member: MemberId) -> Result<Called, DbErr> {
    Ok(called_beside(aid, reader, member).await?.0)
}

/// The same, and whether they are suspended.
pub async fn called_beside(aid: &Aid<'_>, reader: MemberId, member: MemberId) -> Result<(Called, bool), DbErr> {
    let named = store::member::named(aid.tx, [member]).await?;
    let is_suspended = named.iter().any(|one| one.is_suspended);
    let mut called = namesakes::called_of(aid, reader, named).await?;
    Ok((called.remove(&member).unwrap_or_else(Called::former), is_suspended))
}

/// Whether a notice reaches this member anywhere now; not, when they have blocked the bot, or their accounts are gone.
pub async fn can_be_reached(aid: &Aid<'_>, other: MemberId) -> Result<bool, DbErr> {
    let accounts = store::account::of_person(aid.tx, other).await?;
    Ok(accounts.iter().any(|account| account.unreachable_since.is_none()))
}

/// Where a member can be written to, as messenger and address: for the two sides of a commitment
/// only, who have to arrange how help is handed over.
pub async fn addresses_of(aid: &Aid<'_>, other: MemberId) -> Result<Vec<(String, String)>, DbErr> {
    let accounts = store::account::of_person(aid.tx, other).await?;
    Ok(accounts.into_iter().map(|account| (account.messenger, account.address)).collect())
}
