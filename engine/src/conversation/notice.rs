//! Notices that somebody has received: found again by whatever they go by, and answered once.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::whereabouts::not_now;
use super::{Bot, Choice, Cx, Engine, Fault, Moment, Named, Page, Step, own_notices};
use crate::id::PersonId;
use crate::locale::Msg;
use crate::store::outbox::{self, ASKS, Claimed, NoticeId};
use crate::{msg, store};

/// How many of the latest notices can be answered by the words they show.
const REMEMBERED: u64 = 20;

/// A notice as the outbox keeps it: what a bot makes its page of, and acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The id of the person who is told.
    pub to: PersonId,
    /// One of those that the bot [tells](Bot::tells).
    pub kind: String,
    /// What it speaks of, as it was queued.
    pub facts: String,
    /// What it is about, as it was queued.
    pub about: Option<String>,
}

/// What came of a notice's deed.
#[derive(Debug)]
pub struct Answered {
    /// Where the person goes, and the line about what came of it.
    pub step: Step,
    /// The notice's other deeds can be done as well.
    pub stays_open: bool,
}

impl From<Step> for Answered {
    fn from(step: Step) -> Answered {
        Answered { step, stays_open: false }
    }
}

/// A notice that somebody received, and what can be chosen on it.
#[derive(Clone, Debug)]
pub(super) struct Received {
    id: NoticeId,
    is_answered: bool,
    kept: Kept,
    pub named: Named,
    /// The message that shows it, where its messenger has said so.
    message: Option<String>,
    /// The name of whoever it is about; may be empty.
    pub about: String,
    /// None: it still waits to be sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Somebody waits for the answer.
    pub asks: bool,
    /// May be none.
    pub choices: Vec<Choice>,
    /// The deed that "yes" stands for, where it asks for a yes or a no.
    pub yes: Option<String>,
    /// What people say for choices in words that those do not show.
    pub called: Vec<(Msg, Choice)>,
    /// This release can't put it into words: another one has sent it.
    pub is_unknown: bool,
    /// Where it is to be seen what became of it, when nothing that it offers can be done any more.
    pub became: Option<Step>,
    /// Where it is to be seen what has come about anew since, so that this one can't be answered any more.
    pub anew: Option<Step>,
}

/// Which notice somebody means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which<'a> {
    /// The one whose buttons carry this word.
    Word(&'a str),
    /// The one of theirs with this number.
    Number(i64),
    /// The one that is shown in this message of their messenger.
    In(&'a str),
}

impl Received {
    fn new(row: outbox::Model, page: Option<Page>) -> Received {
        let is_unknown = page.is_none();
        let Page { rows, about, yes, called, .. } = page.unwrap_or_default();
        Received {
            id: row.id,
            is_answered: row.answered_at.is_some(),
            named: Named { word: row.word.clone().unwrap_or_default(), number: row.number.unwrap_or_default() },
            message: row.message.clone(),
            about: about.unwrap_or_default(),
            sent_at: row.sent_at,
            asks: row.priority <= ASKS,
            choices: rows.into_iter().flatten().collect(),
            yes,
            called,
            is_unknown,
            became: None,
            anew: None,
            kept: row.into(),
        }
    }

    /// Whether it may be what stands in this message of its reader's messenger.
    pub fn stands_in(&self, message: Option<&str>) -> bool {
        let known = self.message.as_deref().zip(message);
        known.is_none_or(|(shown, said)| shown == said)
    }

    /// Whether it was queued later than this one.
    pub fn came_after(&self, other: &Received) -> bool {
        self.id > other.id
    }

    /// As the outbox keeps it.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    fn has_deed(&self, deed: &str) -> bool {
        let offers = |choice: &Choice| match choice {
            Choice::Do { name, .. } | Choice::Write { otherwise: (_, name), .. } => name == deed,
            _ => false,
        };
        self.choices.iter().any(offers)
    }

    /// What its deeds are about, if they are about anything.
    fn asks_about(&self) -> Option<&str> {
        self.kept.about.as_deref().filter(|_| self.has_deeds())
    }

    /// The first of these that came after it, about the same.
    fn newest_of<'a>(&self, these: &'a [outbox::Model]) -> Option<&'a outbox::Model> {
        let about = self.asks_about()?;
        these.iter().find(|row| row.id > self.id && row.about.as_deref() == Some(about))
    }

    fn has_deeds(&self) -> bool {
        self.choices.iter().any(|choice| matches!(choice, Choice::Do { .. }))
    }
}

impl From<outbox::Model> for Kept {
    fn from(row: outbox::Model) -> Kept {
        Kept { to: row.recipient_id, kind: row.kind, facts: row.facts, about: row.about }
    }
}

impl outbox::Claimed {
    /// What a bot makes its page of.
    pub fn kept(&self) -> Kept {
        let Claimed { kind, facts, about, .. } = self.clone();
        Kept { to: self.recipient_id, kind, facts, about }
    }
}

impl<B: Bot> Engine<B> {
    /// This notice, if it was to whoever is talking; also when it has been answered already, or offers nothing.
    pub(super) async fn notice(&self, cx: &Cx<'_, B::World>, which: Which<'_>) -> Result<Option<Received>, Fault> {
        let (Ok(who), tx) = (cx.me(), cx.turn.at.tx) else { return Ok(None) };
        let row = match which {
            Which::Word(word) => outbox::find_by_word(tx, word).await?,
            Which::Number(number) => outbox::find_by_number(tx, who, number).await?,
            Which::In(message) => outbox::find_by_message(tx, who, message).await?,
        };
        let Some(row) = row.filter(|row| row.recipient_id == who) else { return Ok(None) };
        let Some(mut notice) = self.received(&cx.turn.at, vec![row]).await?.pop() else { return Ok(None) };
        // Whoever presses something is told by what comes of it.
        if !matches!(which, Which::Word(_)) {
            self.look_up(cx, std::slice::from_mut(&mut notice)).await?;
        }
        Ok(Some(notice))
    }

    /// Notes of each of these where it is to be seen what became of it, when nothing that it offers can be done any more.
    pub(super) async fn look_up(&self, cx: &Cx<'_, B::World>, notices: &mut [Received]) -> Result<(), Fault> {
        for notice in notices.iter_mut() {
            notice.became = self.became(cx, notice).await?;
        }
        let open: Vec<&Received> = notices.iter().filter(|notice| notice.became.is_none()).collect();
        let anew = self.told_anew(cx, &open).await?;
        for notice in notices.iter_mut().filter(|notice| notice.became.is_none()) {
            notice.anew = notice.newest_of(&anew).map(|newer| self.shown_anew(notice, newer));
            notice.became = notice.anew.clone();
        }
        Ok(())
    }

    /// Where it is to be seen what became of a notice, when nothing that it offers can be done any more.
    async fn became(&self, cx: &Cx<'_, B::World>, notice: &Received) -> Result<Option<Step>, Fault> {
        let line = match notice.is_answered {
            true => msg!("notice-answered"),
            false if self.bot.is_over(cx, &notice.kept).await? => msg!("page-stale"),
            false => return Ok(None),
        };
        Ok(Some(Step::go(self.bot.place_of(&notice.kept, "")).saying(line)))
    }

    /// Where it is to be seen what a newer notice asks about in the place of this one.
    fn shown_anew(&self, notice: &Received, newer: &outbox::Model) -> Step {
        // Its number is seen as soon as it is sent.
        let line = match newer.number.filter(|_| newer.sent_at.is_some()) {
            Some(number) => msg!("notice-anew", number = number.to_string()),
            None => msg!("page-stale"),
        };
        Step::go(self.bot.place_of(&notice.kept, "")).saying(line)
    }

    /// The notices that have told whoever is talking, after the first of these, that what one of these asks about has come
    /// about anew, the newest first: an answer to the older one is no answer to that. One query, none where they ask nothing.
    async fn told_anew(&self, cx: &Cx<'_, B::World>, these: &[&Received]) -> Result<Vec<outbox::Model>, Fault> {
        let asked = these.iter().filter_map(|notice| Some((notice.id, notice.asks_about()?)));
        let (ids, abouts): (Vec<NoticeId>, Vec<&str>) = asked.unzip();
        let Some(first) = ids.into_iter().min() else { return Ok(Vec::new()) };
        let newer = outbox::newer_about(cx.turn.at.tx, cx.me()?, &abouts, first).await?;
        Ok(newer.into_iter().filter(|row| self.bot.tells_anew(&row.kind)).collect())
    }

    /// The notice that whoever is talking answered last, where they still stand at what it is about.
    pub(super) async fn answered_here(&self, cx: &Cx<'_, B::World>) -> Result<Option<Received>, Fault> {
        let notice = self.answered_last(cx).await?;
        Ok(notice.filter(|notice| self.bot.place_of(&notice.kept, "") == cx.route))
    }

    /// The notice that whoever is talking answered last.
    pub(super) async fn answered_last(&self, cx: &Cx<'_, B::World>) -> Result<Option<Received>, Fault> {
        let Ok(who) = cx.me() else { return Ok(None) };
        let Some(row) = outbox::answered_last(cx.turn.at.tx, who).await? else { return Ok(None) };
        Ok(self.received(&cx.turn.at, vec![row]).await?.pop())
    }

    /// The latest notices to whoever is talking that they have not answered, also where a newer one is about the same, and the one
    /// that they answered last.
    pub(super) async fn lately(&self, cx: &Cx<'_, B::World>) -> Result<Vec<Received>, Fault> {
        let Ok(who) = cx.me() else { return Ok(Vec::new()) };
        let mut rows = outbox::unanswered(cx.turn.at.tx, who, REMEMBERED).await?;
        rows.extend(outbox::answered_last(cx.turn.at.tx, who).await?);
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        self.received(&cx.turn.at, rows).await
    }

    /// The notices to whoever is talking whose choices can still be taken, the newest first. Of several about the same only
    /// the newest counts: it says how things stand.
    pub(super) async fn open_notices(&self, cx: &Cx<'_, B::World>) -> Result<Vec<Received>, Fault> {
        let Ok(who) = cx.me() else { return Ok(Vec::new()) };
        let rows = outbox::unanswered(cx.turn.at.tx, who, REMEMBERED).await?;
        let mut spoken_of = BTreeSet::new();
        let mut open = self.received(&cx.turn.at, rows).await?;
        open.retain(|notice| {
            let about = notice.kept.about.clone();
            let is_newest = about.is_none() || spoken_of.insert((about, notice.has_deeds()));
            !notice.choices.is_empty() && is_newest
        });
        Ok(open)
    }

    async fn received(&self, at: &Moment<'_>, rows: Vec<outbox::Model>) -> Result<Vec<Received>, Fault> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let kept: Vec<Kept> = rows.iter().cloned().map(Kept::from).collect();
        let pages = own_notices::pages(self.bot.as_ref(), at, &kept).await?;
        Ok(rows.into_iter().zip(pages).map(|(row, page)| Received::new(row, page)).collect())
    }

    /// Does a deed of the notice that goes by this word: once, and only what it offers.
    pub(super) async fn answer_notice(&self, cx: &mut Cx<'_, B::World>, word: &str, deed: &str) -> Result<Step, Fault> {
        let notice = self.notice(cx, Which::Word(word)).await?.ok_or(Fault::Lost)?;
        if notice.is_answered {
            let place = self.bot.place_of(&notice.kept, deed);
            return Ok(Step::go(place).saying(msg!("notice-answered")));
        }
        if notice.is_unknown {
            return Err(Fault::Refused(Step::stay().saying(not_now())));
        }
        if !notice.has_deed(deed) && !self.bot.has_offered(&notice.kept, deed) {
            return Err(Fault::Lost);
        }
        if !self.bot.is_over(cx, &notice.kept).await? && !self.told_anew(cx, &[&notice]).await?.is_empty() {
            return Ok(Step::go(self.bot.place_of(&notice.kept, deed)).saying(msg!("page-stale")));
        }
        let Answered { step, stays_open } = self.bot.answer(cx, &notice.kept, deed).await?;
        if !stays_open {
            store::outbox::answer(cx.turn.at.tx, notice.id, cx.turn.at.now).await?;
        }
        Ok(step)
    }
}
