//! Words that lead to a question, with its answer behind them: `change the sum 80`.

use super::engine::Engine;
use super::numbers::{Chosen, NUMERO, chosen};
use super::offered::Offered;
use super::screen::To;
use super::{Bot, Cx, Fault, Form, Input, Press, Route, Session, Step};

/// Where words lead to that have an answer behind them.
#[derive(Debug, PartialEq)]
enum Question {
    /// A place that asks it.
    At(Route),
    /// The open page, whose deed of this name asks one of its questions again.
    Again(String),
}

impl<B: Bot> Engine<B> {
    /// The words of a choice that leads to a question, with the answer behind them.
    pub(super) async fn chose_and_answered(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        let (to, answer) = match with_answer(&session.offered, text) {
            None => return Ok(None),
            Some((Question::Again(deed), answer)) => {
                self.act(cx, Input::Chose(deed)).await?;
                return self.act(cx, Input::Wrote(answer.to_owned())).await.map(Some);
            }
            Some((Question::At(to), answer)) => (to, answer),
        };
        let Some(screen) = self.bot.screens().get(&to) else { return Ok(None) };
        let (here, draft) = (cx.route.clone(), cx.draft.clone());
        cx.draft.clear(&to);
        cx.route = to.clone();
        let asks = screen.page(cx).await.is_ok_and(|page| page.asks);
        (cx.route, cx.draft) = (here, draft);
        if !asks {
            return Ok(None);
        }
        self.walk(cx, session, To::Go(to));
        self.act(cx, Input::Wrote(answer.to_owned())).await.map(Some)
    }
}

/// The question that words lead to, and the answer behind them: what begins with the first word that has a digit, or what stands
/// behind a colon where a question of a form is asked again. One word between the two may be left out: `change it to 80`. A
/// number of a notice is no answer.
fn with_answer<'a>(offered: &[Offered], text: &'a str) -> Option<(Question, &'a str)> {
    if let Some((named, answer)) = text.split_once(':')
        && let Some(again @ Question::Again(_)) = led(offered, named)
        && !answer.trim().is_empty()
    {
        return Some((again, answer.trim()));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.iter().position(|word| word.contains(char::is_numeric))?;
    let (named, answer) = (&words[..first], &text[text.find(words[first])?..]);
    let marked = named.last().is_some_and(|mark| NUMERO.contains(&mark.to_lowercase().as_str()));
    if marked || text.contains(['№', '#']) {
        return None;
    }
    let to = led(offered, &named.join(" ")).or_else(|| led(offered, &named.split_last()?.1.join(" ")))?;
    Some((to, answer))
}

/// The question that these words lead to.
fn led(offered: &[Offered], named: &str) -> Option<Question> {
    let Chosen::One(choice) = chosen(offered, named, false) else { return None };
    match Press::decode(&choice.press)? {
        Press::Link(to) => Some(Question::At(to)),
        Press::Deed { name, .. } if Form::is_redo(&name) => Some(Question::Again(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Weight;

    fn offered(press: String, label: &str) -> Offered {
        Offered { number: None, press, label: label.to_owned(), weight: Weight::Light }
    }

    #[test]
    fn an_answer_may_follow_the_words_that_lead_to_its_question() {
        let one = |(place, label): (usize, &&str)| offered(format!("/{place}"), label);
        let all: Vec<Offered> = ["❤️ Help", "Help others", "Настройки"].iter().enumerate().map(one).collect();
        for (text, means) in [
            ("help others 80", Some(("1", "80"))),
            ("Help others with 80 €", Some(("1", "80 €"))),
            ("настройки €50.50", Some(("2", "€50.50"))),
            ("настройки № 50", None),
            ("настройки no. 50", None),
            ("help 80", Some(("0", "80"))),
            ("help me out with 80", None),
            ("help others: many", None),
            ("80", None),
            ("help others", None),
        ] {
            let found = with_answer(&all, text).map(|(to, answer)| match to {
                Question::At(route) => (route.to_string(), answer),
                Question::Again(deed) => (deed, answer),
            });
            assert_eq!(found.as_ref().map(|(to, answer)| (to.as_str(), *answer)), means, "{text}");
        }
    }

    #[test]
    fn a_question_of_a_form_is_asked_again_with_its_answer() {
        let redo = |field: &str, label: &str| offered(format!("WORD:{}", Form::redo(field)), label);
        let all = [
            redo("name", "✏️ Change the name"),
            redo("date", "✏️ Change the date"),
            offered("WORD:open".to_owned(), "Yes, open it"),
        ];
        for (text, means) in [
            ("change the date 20.12", Some(("redo-date", "20.12"))),
            ("Change the date to 20.12", Some(("redo-date", "20.12"))),
            ("Change the name: Bicycle shed", Some(("redo-name", "Bicycle shed"))),
            ("change the name: Shed 2", Some(("redo-name", "Shed 2"))),
            ("change the name:", None),
            ("yes, open it: now", None),
            ("yes, open it 5", None),
            ("change 5", None),
        ] {
            let found = with_answer(&all, text).map(|(to, answer)| match to {
                Question::Again(deed) => (deed, answer),
                Question::At(route) => (route.to_string(), answer),
            });
            assert_eq!(found.as_ref().map(|(to, answer)| (to.as_str(), *answer)), means, "{text}");
        }
    }
}
