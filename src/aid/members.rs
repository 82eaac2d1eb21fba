use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{Aid, Refused};
use crate::conversation::Fault;
use crate::domain::{Event, MemberId};
use crate::store;

/// The member who is talking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub id: MemberId,
    pub name: String,
    pub lang: String,
}

/// Whoever talks from this address; nobody we know is a newcomer. An account that could not be
/// reached can be again: they have just written from it.
pub async fn arrive(tx: &impl sea_orm::ConnectionTrait, messenger: &str, address: &str) -> Result<Option<Me>, DbErr> {
    let Some(known) = store::member::find_by_account(tx, messenger, address).await? else {
        return Ok(None);
    };
    if known.account.unreachable_since.is_some() {
        store::account::mark_reachable(tx, known.account.id).await?;
    }
    Ok(Some(Me { id: known.member.id, name: known.member.name, lang: known.person.lang }))
}

/// Whoever has this account has shut the bot out, or lets it write to them again. Nothing is written there meanwhile; what
/// has waited goes out.
pub async fn reach(
    tx: &impl sea_orm::ConnectionTrait,
    (messenger, address): (&str, &str),
    reachable: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    match store::account::find_by_account(tx, messenger, address).await? {
        Some((account, _)) if reachable => store::account::mark_reachable(tx, account.id).await,
        Some((account, _)) => store::account::mark_unreachable(tx, account.id, now).await,
        None => Ok(()),
    }
}

/// Registers a newcomer: a member with no request of their own, so Green.
pub async fn register(
    aid: &Aid<'_>,
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
    aid.happened.push(Event::Registered { member: member.id, invited_to });
    Ok(Me { id: member.id, name: member.name, lang: lang.to_owned() })
}

/// From now on the member is spoken to in this language, whoever caused the message.
pub async fn speak(aid: &Aid<'_>, member: MemberId, lang: &str) -> Result<(), Refused> {
    Ok(store::person::set_lang(aid.tx, member, lang).await?)
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
