//! The cycle of help as two members live it: one helps, the other receives.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use exodus::screens::Exodus;
use exodus_engine::conversation::{Clock, Desk, Heard, Inbox};
use exodus_engine::host::SystemClock;
use tokio::time::Instant;

use super::phone::Phone;
use super::said::incoming;

/// Numbers the updates of all runs of this process.
static UPDATES: AtomicI64 = AtomicI64::new(1);

/// How long people look at a page: who says the same twice within a minute is not heard the second time.
const LOOK: TimeDelta = TimeDelta::seconds(1);

/// A clock by which everybody has looked at each page for a while, so that nobody has to wait for it.
pub struct Brisk;

impl Clock for Brisk {
    fn now(&self) -> DateTime<Utc> {
        let turns = i32::try_from(UPDATES.load(Ordering::Relaxed)).unwrap_or(i32::MAX);
        SystemClock.now() + LOOK * turns
    }
}

/// The pairs of a community: members 1 and 2, 3 and 4, and so on. Each lives one cycle in its turn.
#[derive(Clone)]
pub struct Pairs(Arc<Mutex<VecDeque<i64>>>);

impl Pairs {
    pub fn of(members: i64) -> Pairs {
        let receivers = (1..=members).step_by(2);
        Pairs(Arc::new(Mutex::new(receivers.collect())))
    }

    fn take(&self) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn put_back(&self, receiver: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(receiver);
    }
}

/// Lives the cycle with pair after pair until the time is over. Returns how long each turn took.
pub async fn live(
    desk: Arc<Desk<Exodus>>,
    phone: Arc<Phone>,
    pairs: Pairs,
    end: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut talk = Talk { desk, phone, turns: Vec::new() };
    while Instant::now() < end {
        let receiver = pairs.take().context("there are more conversations than pairs")?;
        talk.cycle(receiver).await?;
        pairs.put_back(receiver);
    }
    Ok(talk.turns)
}

struct Talk {
    desk: Arc<Desk<Exodus>>,
    phone: Arc<Phone>,
    turns: Vec<Duration>,
}

impl Talk {
    async fn cycle(&mut self, receiver: i64) -> anyhow::Result<()> {
        let (a, b) = (receiver.to_string(), (receiver + 1).to_string());
        // B looks around, and wants to help A.
        self.says(&b, "/menu").await?;
        self.goes(&b, "/profile").await?;
        self.goes(&b, "/menu").await?;
        self.goes(&b, "/members").await?;
        self.goes(&b, &format!("/card/{a}")).await?;
        self.goes(&b, "/help/").await?;
        self.says(&b, "120.50").await?;
        self.does(&b, ":confirm").await?;
        // Then B promises, and does it.
        self.goes(&b, "/menu").await?;
        self.goes(&b, "/organizer").await?;
        self.goes(&b, "/list/mine").await?;
        self.goes(&b, "/commitment/").await?;
        self.goes(&b, "/promise").await?;
        self.does(&b, ":promise").await?;
        self.does(&b, ":claim").await?;
        // A has got it.
        self.says(&a, "/menu").await?;
        self.goes(&a, "/organizer").await?;
        self.goes(&a, "/list/to-confirm").await?;
        self.goes(&a, "/commitment/").await?;
        self.does(&a, ":confirm").await
    }

    /// Writes this.
    async fn says(&mut self, who: &str, words: &str) -> anyhow::Result<()> {
        self.turn(who, Heard::Text(words.to_owned())).await
    }

    /// Follows the first link that has this in it; a link that is not on the page is followed from an older message.
    async fn goes(&mut self, who: &str, link: &str) -> anyhow::Result<()> {
        let shown = self.phone.find(who, |press| press.starts_with('/') && press.contains(link));
        let press = shown.map_or_else(|| link.to_owned(), |shown| shown.press);
        self.turn(who, Heard::Press(press)).await
    }

    /// Does the first deed whose press has this in it, by writing what its button says: a press of what can't be undone is
    /// not taken while the page has only just come.
    async fn does(&mut self, who: &str, deed: &str) -> anyhow::Result<()> {
        let shown =
            self.phone.find(who, |press| press.contains(deed)).with_context(|| format!("{who} can't do {deed}"))?;
        self.says(who, &shown.label).await
    }

    async fn turn(&mut self, who: &str, heard: Heard) -> anyhow::Result<()> {
        let seq = UPDATES.fetch_add(1, Ordering::Relaxed);
        let incoming = incoming(who, seq, heard);
        let mut seen = self.phone.seen(who);
        let begun = Instant::now();
        self.desk.receive(incoming).await?;
        self.turns.push(begun.elapsed());
        // The turn is over, and its page is shown by itself: people press what they see.
        seen.changed().await?;
        Ok(())
    }
}
