//! What words mean among the choices of the open page, as they were shown and as they would be shown now.

use super::called_by::has_words;
use super::engine::Engine;
use super::numbers::{Chosen, chosen, fold, one_of};
use super::offered::Offered;
use super::said::Said;
use super::{Bot, Caps, Choice, Cx, Fault, Press, Session};
use crate::locale::Msg;

impl<B: Bot> Engine<B> {
    /// What these words mean among these choices; not what they would turn into its opposite.
    pub(super) fn meant(&self, offered: &[Offered], text: &str, asks: bool) -> Meant {
        // A yes is no beginning of another word: `да` does not mean `Данные`.
        let is_answer = self.commands.is_yes(text) || self.commands.is_no(text);
        match chosen(offered, text, asks) {
            Chosen::One(choice) if is_answer && !has_words(&choice.label, text) => Meant::Nothing,
            Chosen::One(choice) if !self.commands.turns(&choice.label, text) => Meant::One(choice.clone()),
            Chosen::Several => Meant::Several,
            Chosen::One(_) | Chosen::Nothing => Meant::Nothing,
        }
    }

    /// The choices of the open page, as it would be shown now, and those that these words stand for without being shown; none
    /// where it asks for an answer by now, or is gone.
    pub(super) async fn offers_now(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
    ) -> Result<(Vec<Offered>, Vec<Offered>), Fault> {
        let Some(screen) = self.bot.screens().get(&cx.route) else { return Ok(Default::default()) };
        let page = match screen.page(cx).await {
            Ok(page) if !page.asks => page,
            Ok(_) | Err(Fault::Lost | Fault::Refused(_)) => return Ok(Default::default()),
            Err(fault) => return Err(fault),
        };
        let said = Said::default();
        let voice = self.voice(cx, caps, &said);
        let ways = self.ways(&page, session, cx.draft.begun(&cx.route));
        let shown = voice.page(&page, None, &ways, &session.word).1;
        let called = self.called(&page.called, text, |choice| Press::of_page(&session.word, choice));
        Ok((shown, called))
    }

    /// The choices that these words stand for as a whole, in any language, though none of them shows those.
    pub(super) fn called(
        &self,
        called: &[(Msg, Choice)],
        text: &str,
        press: impl Fn(&Choice) -> Option<Press>,
    ) -> Vec<Offered> {
        let text = fold(text);
        let says = |words: &Msg| {
            let of = |code: &str| self.locales.plain(code, words).split(',').any(|words| fold(words) == text);
            !text.is_empty() && self.locales.languages().iter().any(|language| of(&language.code))
        };
        let meant = called.iter().filter(|(words, _)| says(words));
        let offered = meant.filter_map(|(_, choice)| {
            let press = press(choice)?.encode();
            Some(Offered { number: None, press, label: text.clone(), weight: choice.weight() })
        });
        offered.collect()
    }
}

/// What words mean among choices.
#[derive(PartialEq, Eq)]
pub(super) enum Meant {
    One(Offered),
    Several,
    Nothing,
}

/// What is meant where these fit.
pub(super) fn one_or_several(found: &[Offered]) -> Meant {
    match one_of(found.iter()) {
        Chosen::One(choice) => Meant::One(choice.clone()),
        Chosen::Several => Meant::Several,
        Chosen::Nothing => Meant::Nothing,
    }
}
