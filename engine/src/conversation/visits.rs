//! Pages for whoever comes to look: where nothing is sent to people, and they ask for what there is to see, as in a browser.

use async_trait::async_trait;
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};

use super::engine::Why;
use super::linking::LINKED;
use super::pages::silence_in;
use super::{
    Answer, Bot, Caps, Desk, Engine, Fault, Kept, MOST_ACCOUNTS, Moment, Named, Reader, Rendered, Tell, Tries,
    own_notices, render_notice,
};
use crate::id::PersonId;
use crate::store;
use crate::store::account::{self, WAITS_TO_BE_ASKED};
use crate::store::{outbox, person, web};

/// So many notices are shown, the newest first.
const MOST_TOLD: u64 = 30;

/// The screen on which people see where they are signed in, and get the link for one browser more.
pub const BROWSERS: &str = "browsers";

/// For so long a link to sign in by counts.
pub const SIGNS_IN_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// The kind of the notice that somebody has signed in in a browser; it stands in databases.
pub(super) const SIGNED_IN: &str = "browser-signed-in";

/// What follows the browser's number in it where they came by a link that somebody else had given.
pub(super) const GIVEN: &str = "given";

/// What a messenger answers over HTTP.
#[derive(Clone, Debug)]
pub struct Site {
    /// The name, with the port if there is one, under which people come: what is for whoever hosts the bot is not shown there.
    pub host: String,
    /// Everything that it answers.
    pub routes: Router,
}

/// The open page, as it is now.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What is to be seen.
    pub page: Rendered,
    /// The language that it is in.
    pub lang: String,
    /// What it goes by: see [`super::Heard::Answer`].
    pub id: String,
}

/// A notice that somebody was sent and has not answered.
#[derive(Clone, Debug)]
pub struct Told {
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// What it says by now, and what can be chosen.
    pub page: Rendered,
}

/// What came of signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// They are, in the browser that shows this secret.
    Here(String),
    /// No such link counts: it was used, or is too old.
    NoLink,
    /// They have as many accounts as one may have. The link still counts.
    Full,
}

/// What is to be seen for whoever comes to look.
#[async_trait]
pub trait Visits: Send + Sync {
    /// The open page of whoever has this account, in this tab of theirs; none: nobody has, and nothing was said there. To look
    /// changes nothing for them.
    ///
    /// # Errors
    /// These and the following: the database could not say it.
    async fn open(&self, address: &str, tab: &str) -> Result<Option<Opened>, anyhow::Error>;

    /// What they were told and have not answered, the newest first.
    async fn told(&self, address: &str) -> Result<Vec<Told>, anyhow::Error>;

    /// Signs somebody in by the word of a link, which counts once; `called`: what the browser is called.
    async fn sign_in(&self, word: &str, called: &str) -> Result<SignedIn, anyhow::Error>;

    /// Signs in whoever has become known here, at an address by which nobody was: it is another one from now on, and the secret
    /// that their browser shows is this. None: they are not known yet.
    async fn settle(&self, address: &str, called: &str) -> Result<Option<String>, anyhow::Error>;
}

#[async_trait]
impl<B: Bot> Visits for Desk<B> {
    async fn open(&self, address: &str, tab: &str) -> Result<Option<Opened>, anyhow::Error> {
        let (desk, address, tab) = (self.clone(), address.to_owned(), tab.to_owned());
        // As a turn, it is played to its end, whatever becomes of whoever asked.
        let opened = tokio::spawn(async move {
            let _turn = desk.queue.enter(&address).await;
            desk.engine.looked(desk.messenger.name(), desk.messenger.caps(), (&address, &tab)).await
        });
        let opened = opened.await??;
        Ok(opened.map(|Answer { rendered, lang, id, .. }| Opened { page: rendered, lang, id }))
    }

    async fn told(&self, address: &str) -> Result<Vec<Told>, anyhow::Error> {
        let (desk, address) = (self.clone(), address.to_owned());
        let told =
            tokio::spawn(async move { desk.engine.told(desk.messenger.name(), desk.messenger.caps(), &address).await });
        Ok(told.await??)
    }

    async fn sign_in(&self, word: &str, called: &str) -> Result<SignedIn, anyhow::Error> {
        let (desk, word, called) = (self.clone(), word.to_owned(), called.to_owned());
        Ok(tokio::spawn(async move { desk.engine.sign_in(&word, &called).await }).await??)
    }

    async fn settle(&self, address: &str, called: &str) -> Result<Option<String>, anyhow::Error> {
        let (desk, address, called) = (self.clone(), address.to_owned(), called.to_owned());
        let settled = tokio::spawn(async move {
            let _turn = desk.queue.enter(&address).await;
            desk.engine.settle(&address, &called).await
        });
        Ok(settled.await??)
    }
}

impl<B: Bot> Engine<B> {
    /// The open page of whoever has this account, whether or not it was shown before; none: nobody has.
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub async fn looked(
        &self,
        messenger: &str,
        caps: Caps,
        (address, tab): (&str, &str),
    ) -> Result<Option<Answer>, Fault> {
        self.again(messenger, caps, &silence_in(address, tab), Why::Looked).await
    }

    /// What whoever has this account was told and has not answered, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub async fn told(&self, messenger: &str, caps: Caps, address: &str) -> Result<Vec<Told>, Fault> {
        let tx = store::begin(self.db()).await?;
        let Some((account, person)) = account::find_by_account(&tx, messenger, address).await? else {
            return Ok(Vec::new());
        };
        let rows = outbox::unanswered(&tx, account.person_id, MOST_TOLD).await?;
        let at = Moment { tx: &tx, now: self.now(), chance: self.chance() };
        let kept: Vec<Kept> = rows.iter().cloned().map(Kept::from).collect();
        let pages = match kept.is_empty() {
            true => Vec::new(),
            false => own_notices::pages(self.bot.as_ref(), &at, &kept).await?,
        };
        let reader = Reader { lang: &person.lang, also_in: person.also_in.as_deref() };
        let told = rows.into_iter().zip(pages).filter_map(|(row, page)| {
            let named = Named { word: row.word?, number: row.number? };
            let page = render_notice(&self.locales, reader, caps, &page?, &named);
            Some(Told { at: row.sent_at?, page })
        });
        let told = told.collect();
        tx.rollback().await?;
        Ok(told)
    }

    /// Signs somebody in by the word of a link. Who was never signed in anywhere gets an account for that, as one that is linked.
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub async fn sign_in(&self, word: &str, called: &str) -> Result<SignedIn, Fault> {
        let mut tries = Tries::of(word);
        loop {
            match self.try_to_sign_in(word, called).await {
                Err(fault) => tries.once_more(fault).await?,
                signed_in => return signed_in,
            }
        }
    }

    async fn try_to_sign_in(&self, word: &str, called: &str) -> Result<SignedIn, Fault> {
        let tx = store::begin(self.db()).await.map_err(Fault::Away)?;
        let at = Moment { tx: &tx, now: self.now(), chance: self.chance() };
        let Some(web::link::Taken { who, given }) = web::link::take(&tx, word, at.now).await? else {
            return Ok(SignedIn::NoLink);
        };
        person::lock(&tx, [who]).await?;
        let accounts = account::of_person(&tx, who).await?;
        let known = accounts.iter().find(|account| account.messenger == WAITS_TO_BE_ASKED);
        let account = match known {
            Some(account) => account.id,
            None if accounts.len() >= MOST_ACCOUNTS => return Ok(SignedIn::Full),
            None => self.let_in_by_browser(&at, who).await?,
        };
        let secret = self.chance().token()?;
        let browser = web::browser::insert(&tx, account, &web::digest(&secret), called, at.now).await?;
        // Of the first one they are told as of a new account.
        if known.is_some() || given {
            let facts = if given { format!("{browser} {GIVEN}") } else { browser.to_string() };
            at.tell([Tell::new(who, SIGNED_IN).of(facts)]).await?;
        }
        tx.commit().await?;
        self.committed().notify_one();
        Ok(SignedIn::Here(secret))
    }

    /// See [`Visits::settle`].
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub async fn settle(&self, address: &str, called: &str) -> Result<Option<String>, Fault> {
        let mut tries = Tries::of(address);
        loop {
            match self.try_to_settle(address, called).await {
                Err(fault) => tries.once_more(fault).await?,
                settled => return settled,
            }
        }
    }

    async fn try_to_settle(&self, address: &str, called: &str) -> Result<Option<String>, Fault> {
        let tx = store::begin(self.db()).await.map_err(Fault::Away)?;
        let found = account::find_by_account(&tx, WAITS_TO_BE_ASKED, address).await?;
        let Some((account, _)) = found else { return Ok(None) };
        let (secret, lasting) = (self.chance().token()?, self.chance().word()?);
        // What the browser has shown until now is worth nothing any more: who is signed out stays so.
        match account::readdress(&tx, &account, &lasting).await {
            Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced),
            readdressed => readdressed?,
        }
        web::browser::insert(&tx, account.id, &web::digest(&secret), called, self.now()).await?;
        tx.commit().await?;
        Ok(Some(secret))
    }

    async fn let_in_by_browser(&self, at: &Moment<'_>, who: PersonId) -> Result<account::AccountId, Fault> {
        let address = self.chance().word()?;
        let account = match account::insert(at.tx, who, WAITS_TO_BE_ASKED, &address, at.now).await {
            Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced),
            account => account?,
        };
        at.tell([Tell::new(who, LINKED).of(account.id.to_string())]).await?;
        Ok(account.id)
    }
}
