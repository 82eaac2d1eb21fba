//! Notices answered by what people type: by the words of a choice, by the number of the notice, by both.

use super::engine::Engine;
use super::numbers::{Chosen, Offered, chosen, fold, marked, named, numbered};
use super::said::Said;
use super::{Bot, Choice, Cx, Fault, NoticeChoices, Press, Session, Step, Weight, Which};
use crate::locale::Msg;
use crate::msg;

/// So many choices are listed when it is not clear which one is meant.
const MOST_LISTED: usize = 6;

impl<B: Bot> Engine<B> {
    /// A number that is marked as that of a notice, `№ 12`, and nothing else: what that notice can be answered with.
    pub(super) async fn wrote_number_of_notice(
        &self,
        cx: &Cx<'_, B::World>,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        let Some(number) = marked(text) else { return Ok(None) };
        let notice = self.bot.notice(cx, Which::Number(number)).await?;
        Ok(notice.map(|notice| self.list(cx, &notice)))
    }

    /// Choices of notices, by the words they show: `confirm № 12`, or `confirm` where one notice alone offers it.
    pub(super) async fn wrote_to_notice(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        text: &str,
        before: &Said,
    ) -> Result<Option<Step>, Fault> {
        let (words, number) = numbered(text).map_or((text, None), |(words, number)| (words, Some(number)));
        if let Some(number) = number
            && let Some(notice) = self.bot.notice(cx, Which::Number(number)).await?
        {
            if let Chosen::One(found) = chosen(&self.offered_by(&notice), words, session.asks) {
                return self.pressed(cx, session, &found.press, None).await.map(Some);
            }
            // It may also be called by the name of whoever it is about.
            let is_about = begins_with(&notice.about, words);
            if !session.asks || is_about {
                return Ok(Some(self.list(cx, &notice)));
            }
        }
        if session.asks {
            return Ok(None);
        }
        let notices = self.bot.open_notices(cx).await?;
        let offered: Vec<Offered> = notices.iter().flat_map(|notice| self.offered_by(notice)).collect();
        match named(&offered, words) {
            Chosen::One(found) if number.is_none() => {
                if before.bars_again(text, found.weight) {
                    return Ok(Some(Step::stay().saying(msg!("page-twice"))));
                }
                if found.weight != Weight::Light {
                    session.said = Said::done();
                }
                self.pressed(cx, session, &found.press, None).await.map(Some)
            }
            Chosen::Nothing => Ok(None),
            // Several fit, or the number is another one, a sum perhaps: nothing is done that may not be meant.
            Chosen::One(_) | Chosen::Several => {
                let choices = self.candidates(cx, &notices, words);
                Ok(Some(Step::stay().saying(match number {
                    Some(number) => msg!("page-no-such-notice", number = number.to_string(), choices = choices),
                    None => msg!("page-which-notice", choices = choices),
                })))
            }
        }
    }

    /// The choices that these words fit, each with the number of its notice, and with whom it is about.
    fn candidates(&self, cx: &Cx<'_, B::World>, notices: &[NoticeChoices], words: &str) -> String {
        let mut found = Vec::new();
        for notice in notices {
            for choice in pressable(notice) {
                let fits = self.labels(choice).any(|label| begins_with(&label, words));
                if fits {
                    let label = self.locales.plain(&cx.lang, &numbered_label(choice, notice.named.number));
                    found.push(if notice.about.is_empty() { label } else { format!("{label} ({})", notice.about) });
                }
            }
        }
        found.truncate(MOST_LISTED);
        found.join(" · ")
    }

    /// What a notice can be answered with, as it is typed.
    fn list(&self, cx: &Cx<'_, B::World>, notice: &NoticeChoices) -> Step {
        let number = notice.named.number;
        let choices = pressable(notice).map(|choice| self.locales.plain(&cx.lang, &numbered_label(choice, number)));
        let choices: Vec<String> = choices.collect();
        Step::stay().saying(if choices.is_empty() {
            msg!("page-reply-to-nothing")
        } else {
            msg!("page-notice-choices", choices = choices.join(" · "))
        })
    }

    /// What a choice is called in every language.
    fn labels<'a>(&'a self, choice: &'a Choice) -> impl Iterator<Item = String> + 'a {
        self.locales.languages().iter().map(|language| self.locales.plain(&language.code, choice.label()))
    }

    /// A reply to a notice takes one of its choices or nothing: it is no answer to the open page, and its digits count
    /// the notice's choices.
    pub(super) async fn replied(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        notice: &NoticeChoices,
        text: &str,
    ) -> Result<Step, Fault> {
        let words =
            numbered(text).filter(|(_, number)| *number == notice.named.number).map_or(text, |(words, _)| words);
        let pressable = notice.choices.iter().filter(|choice| Press::of_notice(&notice.named.word, choice).is_some());
        let mut offered = self.offered_by(notice);
        let languages = self.locales.languages().len();
        for (place, offered) in offered.iter_mut().enumerate() {
            offered.number = u32::try_from(place / languages + 1).ok();
        }
        if let Chosen::One(found) = chosen(&offered, words, false) {
            return self.pressed(cx, session, &found.press, None).await;
        }
        let labels = pressable.map(|choice| self.locales.plain(&cx.lang, choice.label()));
        let choices: Vec<String> = labels.zip(1..).map(|(label, number)| format!("{number}. {label}")).collect();
        Ok(Step::stay().saying(if choices.is_empty() {
            msg!("page-reply-to-nothing")
        } else {
            msg!("page-reply-choices", choices = choices.join(" · "))
        }))
    }

    /// The choices of a notice, in every language: it may have been read before the reader changed theirs.
    fn offered_by(&self, notice: &NoticeChoices) -> Vec<Offered> {
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

/// The choices that do something here; an address is opened elsewhere.
fn pressable(notice: &NoticeChoices) -> impl Iterator<Item = &Choice> {
    notice.choices.iter().filter(|choice| Press::of_notice(&notice.named.word, choice).is_some())
}

/// A choice with the number of its notice.
fn numbered_label(choice: &Choice, number: i64) -> Msg {
    msg!("choice-of-notice", label = choice.label().clone(), number = number.to_string())
}

/// Whether words are the beginning of a name, in whole words.
fn begins_with(name: &str, words: &str) -> bool {
    let words = fold(words);
    let rest = fold(name).strip_prefix(&words).map(|rest| rest.is_empty() || rest.starts_with(' '));
    !words.is_empty() && rest.unwrap_or(false)
}
