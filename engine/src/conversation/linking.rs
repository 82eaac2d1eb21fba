//! Linking another account by a code: drawn in one messenger, typed in the other, which is the same person's from then on.
//!
//! It is heard before anything else is made of what somebody wrote: whoever is linked is somebody else for the whole turn.

use chrono::TimeDelta;

use super::typed_code::Typed;
use super::{Bot, Engine, Fault, Heard, Incoming, Kept, Moment, Page, Person, Route, Session, Tell};
use crate::id::PersonId;
use crate::locale::{Arg, Msg};
use crate::msg;
use crate::store::account::{self, AccountId};
use crate::store::{self, link_code, person};

/// The screen on which people see and link their accounts. Of a bot that has none, no code counts.
pub const ACCOUNTS: &str = "accounts";

/// What follows in the route of the page that asks whether to unlink an account; then its number.
pub const UNLINK: &str = "unlink";

/// How long a code counts.
pub const COUNTS: TimeDelta = TimeDelta::minutes(10);

/// How many accounts a person may have: so many fit a page, and nobody needs more.
pub const MOST_ACCOUNTS: usize = 10;

/// The kind of the notice that an account was linked; it stands in databases.
pub(super) const LINKED: &str = "account-linked";

/// What came of a code.
pub(super) struct Linking {
    /// Whoever this account belongs to now, if it was linked.
    pub owner: Option<Person>,
    /// What is said of it.
    pub says: Msg,
}

impl Linking {
    fn not(says: Msg) -> Linking {
        Linking { owner: None, says }
    }
}

impl<B: Bot> Engine<B> {
    /// What a code does that is in what somebody wrote; none: there is none.
    pub(super) async fn linked(
        &self,
        at: &Moment<'_>,
        here: (&str, &str),
        who: Option<&Person>,
        session: &Session,
        incoming: &Incoming,
    ) -> Result<Option<Linking>, Fault> {
        let Heard::Text(text) = &incoming.heard else { return Ok(None) };
        let is_asked = session.asks || session.draft.begun(&session.route);
        let Typed { codes, is_meant } = Typed::of(&self.commands, text, who.is_some(), is_asked);
        let takes_codes = || self.bot.screens().get(&Route::new(ACCOUNTS)).is_some();
        if (codes.is_empty() && !is_meant) || !takes_codes() {
            return Ok(None);
        }
        let in_vain = |says: Msg| Ok(is_meant.then(|| Linking::not(says)));
        if !self.guesses.may_try(here, at.now) {
            return in_vain(msg!("link-too-often"));
        }
        let Some(code) = link_code::living_among(at.tx, &codes, at.now).await? else {
            self.guesses.note(here, at.now, codes.len());
            return in_vain(msg!("link-none"));
        };
        self.link(at, here, who, &code).await.map(Some)
    }

    /// The account here becomes that of whoever has drawn this code: all of it, or nothing, and the code still counts.
    async fn link(
        &self,
        at: &Moment<'_>,
        here: (&str, &str),
        who: Option<&Person>,
        code: &link_code::Model,
    ) -> Result<Linking, Fault> {
        let owner = code.person_id;
        if who.is_some_and(|who| who.id == owner) {
            return Ok(Linking::not(msg!("link-own")));
        }
        let rows = person::lock(at.tx, who.map(|who| who.id).into_iter().chain([owner])).await?;
        let row = rows.into_iter().find(|row| row.id == owner).ok_or(Fault::Raced)?;
        // By the lock, what was found of either before may have changed.
        let coming = match who {
            Some(who) => account::of_person(at.tx, who.id).await?.len(),
            None => 1,
        };
        if account::of_person(at.tx, owner).await?.len() + coming > MOST_ACCOUNTS {
            return Ok(Linking::not(msg!("link-full")));
        }
        if let Some(who) = who
            && !self.bot.makes_way(at, who.id).await?
        {
            return Ok(Linking::not(msg!("link-taken")));
        }
        if !link_code::take(at.tx, code).await? {
            // It was typed twice in the same moment. Played again, it counts no more.
            return Err(Fault::Raced);
        }
        match who {
            Some(who) => joins(at, who.id, owner, here).await?,
            None => comes(at, owner, here).await?,
        }
        let linked = account::find_by_account(at.tx, here.0, here.1).await?;
        let linked = linked.map(|(account, _)| account).filter(|account| account.person_id == owner);
        let linked = linked.ok_or(Fault::Raced)?;
        at.tell([Tell::new(owner, LINKED).of(linked.id.to_string())]).await?;
        Ok(Linking { owner: Some(row.into()), says: msg!("link-done") })
    }
}

/// Somebody whom the bot did not know.
async fn comes(at: &Moment<'_>, owner: PersonId, (messenger, address): (&str, &str)) -> Result<(), Fault> {
    match account::insert(at.tx, owner, messenger, address, at.now).await {
        // The same address has become somebody's in the same moment.
        Err(error) if store::is_unique_violation(&error) => Err(Fault::Raced),
        account => Ok(account.map(drop)?),
    }
}

/// Somebody of whom the bot knew nothing that could get lost: they are gone, and what accounts they had are the owner's.
async fn joins(at: &Moment<'_>, who: PersonId, owner: PersonId, here: (&str, &str)) -> Result<(), Fault> {
    account::give_all(at.tx, (who, owner), here).await?;
    Ok(person::erase(at.tx, &[who]).await?)
}

/// The messenger, and who somebody is there.
pub fn account_name(messenger: &str, address: &str) -> Msg {
    msg!("account-name", messenger = Arg::Verbatim(messenger.to_owned()), address = Arg::from(address))
}

/// The notices that an account was linked, and how to undo that, in their order. One query.
pub(super) async fn notices(at: &Moment<'_>, these: &[&Kept]) -> Result<Vec<Option<Page>>, Fault> {
    let ids: Vec<Option<AccountId>> = these.iter().map(|kept| kept.facts.parse().ok()).collect();
    let linked = account::by_id(at.tx, ids.iter().copied().flatten()).await?;
    let page = |(id, kept): (Option<AccountId>, &&Kept)| Some(notice(linked.get(&id?), kept));
    Ok(ids.into_iter().zip(these).map(page).collect())
}

fn notice(linked: Option<&account::Model>, kept: &Kept) -> Page {
    let Some(linked) = linked.filter(|account| account.person_id == kept.to) else {
        return Page::new(msg!("notice-account-unlinked"));
    };
    let name = account_name(&linked.messenger, &linked.address);
    Page::new(msg!("notice-account-linked", account = name))
        .go(msg!("notice-accounts"), Route::new(ACCOUNTS))
        .go(msg!("notice-account-unlink"), Route::new(ACCOUNTS).with(UNLINK).with(linked.id))
}
