//! Notices answered by what people type: by the words of a choice, by the number of the notice, by both.

use super::called_by::{begins_with, has_words, without_name};
use super::engine::Engine;
use super::notice::{Received, Which};
use super::numbers::{Chosen, chosen, is_question, marked, numbered, one_of};
use super::offered::Offered;
use super::said::Said;
use super::whereabouts::not_now;
use super::{Bot, Caps, Choice, Cx, Fault, Press, Route, Session, Step};
use crate::locale::Msg;
use crate::msg;

/// So many choices are listed when it is not clear which one is meant.
const MOST_LISTED: usize = 6;

/// Of so many that wait for an answer it is seen whether it can still be given.
const MOST_LOOKED_AT: usize = 3;

impl<B: Bot> Engine<B> {
    /// A number that is marked as that of a notice, `№ 12`, and nothing else: what that notice can be answered with.
    pub(super) async fn wrote_number_of_notice(
        &self,
        cx: &Cx<'_, B::World>,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        let Some(number) = marked(text) else { return Ok(None) };
        let notice = self.notice(cx, Which::Number(number)).await?;
        Ok(notice.map(|notice| self.list(cx, &notice)))
    }

    /// There is no notice with this number.
    pub(super) async fn no_such_notice(&self, cx: &Cx<'_, B::World>, number: i64) -> Result<Step, Fault> {
        let notices = self.open_notices(cx).await?;
        let choices = notices.first().map(|notice| self.choices_of(cx, notice)).unwrap_or_default();
        Ok(Step::stay().saying(match choices.is_empty() {
            true => msg!("page-no-such-number", number = number.to_string()),
            false => msg!("page-no-such-notice", number = number.to_string(), choices = choices),
        }))
    }

    /// Choices of notices, by the words they show: `confirm № 12`, or `confirm` or `confirm Anna` where that fits one of
    /// them alone.
    pub(super) async fn wrote_to_notice(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        text: &str,
        before: &Said,
    ) -> Result<Answering, Fault> {
        if caps.buttons {
            // There each notice has its buttons.
            let answered = self.chose_and_answered(cx, session, text).await?;
            return Ok(answered.map_or_else(Answering::nothing, Answering::Done));
        }
        let (words, number) = numbered(text).map_or((text, None), |(words, number)| (words, Some(number)));
        if before.did() && before.repeats(text) && number.is_some() {
            return Ok(Answering::Done(Step::stay().saying(msg!("notice-answered"))));
        }
        let mut numbered_notice = None;
        if let Some(number) = number
            && let Some(notice) = self.notice(cx, Which::Number(number)).await?
        {
            if let Chosen::One(found) = chosen(&self.offered_by(&notice), words, session.asks)
                && !self.commands.turns(&found.label, words)
            {
                return self.press_of(cx, session, &notice, &found.press).await.map(Answering::Done);
            }
            if let Some(press) = self.stands_for(&notice, words).filter(|_| !session.asks) {
                return self.press_of(cx, session, &notice, &press).await.map(Answering::Done);
            }
            numbered_notice = Some(notice);
        }
        if number.is_some()
            && let Some(which) = self.asked_which_question(cx, session, text).await?
        {
            return Ok(Answering::Done(which));
        }
        if let Some(step) = self.chose_and_answered(cx, session, text).await? {
            return Ok(Answering::Done(step));
        }
        // It may also be called by the name of whoever it is about.
        if let Some(notice) = numbered_notice.filter(|notice| !session.asks || begins_with(&notice.about, words)) {
            return Ok(Answering::Done(self.list(cx, &notice)));
        }
        if session.asks {
            return Ok(Answering::nothing());
        }
        let notices = self.open_notices(cx).await?;
        if is_question(text) {
            return Ok(Answering::Nothing(notices));
        }
        let named = self.about_whom(words, &notices);
        let is_named = named.is_some();
        let (words, notices) = named.unwrap_or_else(|| (words.to_owned(), notices));
        let words = words.as_str();
        if number.is_none() && self.commands.is_yes(words) && !before.repeats(text) {
            return self.said_yes(cx, session, notices, is_named).await;
        }
        if number.is_none() && self.commands.is_no(words) {
            // It may be about what they have begun, or were asked since.
            let is_begun = cx.draft.begun(&cx.route);
            let is_meant = |notice: &Received| !is_begun && session.is_older_than(notice.sent_at);
            let (meant, others): (Vec<Received>, Vec<Received>) = notices.into_iter().partition(is_meant);
            if meant.is_empty() {
                return Ok(Answering::Nothing(others));
            }
            return self.wrote_choice_of_notice(cx, session, meant, (words, number), before).await;
        }
        self.wrote_choice_of_notice(cx, session, notices, (words, number), before).await
    }

    /// A yes or a no with the name behind it of whoever notices are about is meant for those alone: `yes Anna`.
    fn about_whom(&self, words: &str, notices: &[Received]) -> Option<(String, Vec<Received>)> {
        let bare = |notice: &Received| {
            without_name(words, &notice.about).filter(|bare| self.commands.is_yes(bare) || self.commands.is_no(bare))
        };
        let answer = notices.iter().find_map(bare)?;
        Some((answer, notices.iter().filter(|notice| bare(notice).is_some()).cloned().collect()))
    }

    /// The words of a choice of these notices, which are open; the number behind them is that of none which offers it.
    async fn wrote_choice_of_notice(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        notices: Vec<Received>,
        (words, number): (&str, Option<i64>),
        before: &Said,
    ) -> Result<Answering, Fault> {
        let mut found = self.begun_by(&notices, words);
        if number.is_none() && !found.is_empty() {
            // What is settled already is not meant, if another one is not, or if that is what was answered just now.
            let meant = notices.iter().filter(|notice| !self.begun_by(std::slice::from_ref(notice), words).is_empty());
            let mut meant: Vec<Received> = meant.take(MOST_LOOKED_AT).cloned().collect();
            self.look_up(cx, &mut meant).await?;
            let (over, open): (Vec<Received>, Vec<Received>) =
                meant.into_iter().partition(|notice| notice.became.is_some());
            let still = self.begun_by(&open, words);
            if still.is_empty()
                && let Some(answered) = self.just_answered(cx, words, &over).await?
            {
                return Ok(Answering::Done(answered));
            }
            found = if still.is_empty() { found } else { still };
        }
        match one_of(found.iter()) {
            // It would be another notice's: those that were answered offer nothing.
            Chosen::One(_)
                if number.is_none()
                    && session.is_fresh(cx.turn.at.now)
                    && (before.is_doubled_by(words) || before.began_with(words)) =>
            {
                Ok(Answering::Done(Step::stay().saying(before.once_more())))
            }
            Chosen::One(found) if number.is_none() => {
                if found.weight.acts() {
                    session.said = Said::done();
                }
                self.pressed(cx, session, &found.press, None).await.map(Answering::Done)
            }
            Chosen::Nothing => {
                let may_be = |notice: &&Received| {
                    let named = || self.named_by(std::slice::from_ref(*notice), words, has_words);
                    number.is_none() && (begins_with(&notice.about, words) || !named().is_empty())
                };
                let open = self.still_open(cx, notices.iter().filter(may_be)).await?;
                if open.is_empty()
                    && let Some(answered) = self.just_answered(cx, words, &[]).await?
                {
                    return Ok(Answering::Done(answered));
                }
                if open.is_empty()
                    && number.is_none()
                    && let Some(answered) = self.answered_elsewhere(cx, words).await?
                {
                    return Ok(Answering::Done(answered));
                }
                let perhaps = self.perhaps(cx, &open, words);
                Ok(perhaps.map_or(Answering::Nothing(notices), Answering::Done))
            }
            // Several fit, or the number is another one, a sum perhaps: nothing is done that may not be meant.
            Chosen::One(_) | Chosen::Several => {
                if let Some(place) = one_place(&found).filter(|_| number.is_none()) {
                    return self.follow(place).map(Answering::Done);
                }
                let choices = self.listed(cx, &notices, &found);
                Ok(Answering::Done(Step::stay().saying(match number {
                    Some(number) => msg!("page-no-such-notice", number = number.to_string(), choices = choices),
                    None => msg!("page-which-notice", choices = choices),
                })))
            }
        }
    }

    /// The newest notices that wait for an answer which can still be given.
    pub(super) async fn waiting(&self, cx: &Cx<'_, B::World>, notices: &[Received]) -> Result<Vec<Received>, Fault> {
        let asking = notices.iter().filter(|notice| notice.asks && pressable(notice).next().is_some());
        self.still_open(cx, asking).await
    }

    /// The first of these, as far as they can still be answered.
    async fn still_open(
        &self,
        cx: &Cx<'_, B::World>,
        notices: impl Iterator<Item = &Received> + Send,
    ) -> Result<Vec<Received>, Fault> {
        let mut open: Vec<Received> = notices.take(MOST_LOOKED_AT).cloned().collect();
        self.look_up(cx, &mut open).await?;
        open.retain(|notice| notice.became.is_none());
        Ok(open)
    }

    /// The choices that begin with these words, and say what they say.
    pub(super) fn begun_by(&self, notices: &[Received], words: &str) -> Vec<Offered> {
        let named = self.named_by(notices, words, begins_with).into_iter();
        named.filter(|offered| !self.commands.turns(&offered.label, words)).collect()
    }

    /// That nothing was understood; and what the newest notice that waits for an answer offers, in case it was meant for
    /// that.
    pub(super) async fn unexpected(&self, cx: &Cx<'_, B::World>, notices: &[Received]) -> Result<Msg, Fault> {
        let waiting = self.waiting(cx, notices).await?;
        Ok(match waiting.first() {
            Some(notice) => msg!("page-unexpected-waiting", choices = self.choices_of(cx, notice)),
            None => msg!("page-unexpected"),
        })
    }

    /// What may be meant by the name of whoever a notice is about, or by words in the middle of a choice: nothing is done,
    /// because those may say the opposite.
    fn perhaps(&self, cx: &Cx<'_, B::World>, notices: &[Received], words: &str) -> Option<Step> {
        if let Some(notice) = notices.iter().find(|notice| begins_with(&notice.about, words)) {
            return Some(self.list(cx, notice));
        }
        let is_one = |notice: &&Received| !self.named_by(std::slice::from_ref(notice), words, has_words).is_empty();
        let mut found = notices.iter().filter(is_one);
        let choices = match (found.next()?, found.next()) {
            // With all its choices: it may be another one of them.
            (notice, None) => self.choices_of(cx, notice),
            _ => self.listed(cx, notices, &self.named_by(notices, words, has_words)),
        };
        Some(Step::stay().saying(msg!("page-unexpected-waiting", choices = choices)))
    }

    /// The choices that these words name, alone or with the name of whoever the notice is about behind them.
    fn named_by(&self, notices: &[Received], words: &str, fits: fn(&str, &str) -> bool) -> Vec<Offered> {
        let of = |notice: &Received| {
            let bare = without_name(words, &notice.about);
            let is_named = |label: &str| fits(label, words) || bare.as_ref().is_some_and(|bare| fits(label, bare));
            let shown = self.offered_by(notice).into_iter().filter(|offered| is_named(&offered.label));
            shown.chain(self.called_on(notice, words)).collect::<Vec<_>>()
        };
        notices.iter().flat_map(of).collect()
    }

    /// These choices as they are typed, each with the number of its notice, and with whom it is about.
    pub(super) fn listed(&self, cx: &Cx<'_, B::World>, notices: &[Received], found: &[Offered]) -> String {
        let mut listed = Vec::new();
        for notice in notices {
            for choice in pressable(notice) {
                let press = Press::of_notice(&notice.named.word, choice).map(|press| press.encode());
                if found.iter().any(|found| Some(&found.press) == press.as_ref()) {
                    let label = self.locales.plain(&cx.lang, &numbered_label(choice, notice.named.number));
                    listed.push(if notice.about.is_empty() { label } else { format!("{label} ({})", notice.about) });
                }
            }
        }
        listed.truncate(MOST_LISTED);
        listed.join(" · ")
    }

    /// What a notice can be answered with, or else what became of it.
    fn list(&self, cx: &Cx<'_, B::World>, notice: &Received) -> Step {
        if let Some(became) = &notice.became {
            return became.clone();
        }
        Step::stay().saying(match self.choices_of(cx, notice) {
            _ if notice.is_unknown => not_now(),
            choices if choices.is_empty() => msg!("page-reply-to-nothing"),
            choices => msg!("page-notice-choices", choices = choices),
        })
    }

    /// The choices of a notice, as they are typed.
    pub(super) fn choices_of(&self, cx: &Cx<'_, B::World>, notice: &Received) -> String {
        let label = |choice| self.locales.plain(&cx.lang, &numbered_label(choice, notice.named.number));
        pressable(notice).map(label).collect::<Vec<_>>().join(" · ")
    }

    /// A reply to a notice takes one of its choices or nothing: it is no answer to the open page, and its digits count
    /// the notice's choices, where those are a list.
    pub(super) async fn replied(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        notice: &Received,
        text: &str,
        in_thread: bool,
    ) -> Result<Step, Fault> {
        let words =
            numbered(text).filter(|(_, number)| *number == notice.named.number).map_or(text, |(words, _)| words);
        let pressable = notice.choices.iter().filter(|choice| Press::of_notice(&notice.named.word, choice).is_some());
        let mut offered = self.offered_by(notice);
        let languages = self.locales.languages().len();
        for (place, offered) in offered.iter_mut().enumerate() {
            offered.number = u32::try_from(place / languages + 1).ok().filter(|_| !caps.buttons);
        }
        if let Chosen::One(found) = chosen(&offered, words, false)
            && !self.commands.turns(&found.label, words)
        {
            return self.press_of(cx, session, notice, &found.press).await;
        }
        if let Some(press) = self.stands_for(notice, words) {
            return self.press_of(cx, session, notice, &press).await;
        }
        if let Some(became) = &notice.became {
            return Ok(became.clone());
        }
        if in_thread {
            return Ok(self.list(cx, notice));
        }
        let labels = pressable.map(|choice| self.locales.plain(&cx.lang, choice.label()));
        let listed = |(label, number): (String, u32)| match caps.buttons {
            true => label,
            false => format!("{number}. {label}"),
        };
        let choices: Vec<String> = labels.zip(1..).map(listed).collect();
        Ok(Step::stay().saying(if notice.is_unknown {
            not_now()
        } else if choices.is_empty() {
            msg!("page-reply-to-nothing")
        } else {
            msg!("page-reply-choices", choices = choices.join(" · "))
        }))
    }

    /// The choices of a notice, in every language: it may have been read before the reader changed theirs.
    pub(super) fn offered_by(&self, notice: &Received) -> Vec<Offered> {
        let mut offered = Vec::new();
        for choice in &notice.choices {
            let Some(press) = Press::of_notice(&notice.named.word, choice) else { continue };
            for language in self.locales.languages() {
                let label = self.locales.plain(&language.code, choice.label());
                offered.push(Offered { number: None, press: press.encode(), label, weight: choice.weight() });
            }
        }
        offered
    }
}

/// What words made of the notices.
pub(super) enum Answering {
    Done(Step),
    /// They mean none of these, which are open.
    Nothing(Vec<Received>),
}

impl Answering {
    fn nothing() -> Answering {
        Answering::Nothing(Vec::new())
    }
}

/// The choices that do something here; an address is opened elsewhere.
fn pressable(notice: &Received) -> impl Iterator<Item = &Choice> {
    notice.choices.iter().filter(|choice| Press::of_notice(&notice.named.word, choice).is_some())
}

/// Where these choices of several notices lead, if all of them lead to one place.
fn one_place(found: &[Offered]) -> Option<Route> {
    let mut places = found.iter().map(|offered| match Press::decode(&offered.press) {
        Some(Press::NoticeLink { to, .. }) => Some(to),
        _ => None,
    });
    let first = places.next()??;
    places.all(|place| place.as_ref() == Some(&first)).then_some(first)
}

/// A choice with the number of its notice.
fn numbered_label(choice: &Choice, number: i64) -> Msg {
    msg!("choice-of-notice", label = choice.label().clone(), number = number.to_string())
}
