use super::numbers::{Chosen, NUMERO, chosen};
use super::offered::Offered;
use super::{Choice, Cx, Input, Page, Press, Route, Step};
use crate::locale::Msg;
use crate::msg;

/// Understands one answer: the text to keep, or what to type instead.
type Read<'a> = Box<dyn Fn(&str) -> Result<String, Msg> + Send + Sync + 'a>;

/// Whether a text can be meant for one question alone, also where it is no good answer.
type Claims<'a> = Box<dyn Fn(&str) -> bool + Send + Sync + 'a>;

/// One question of a form.
pub struct Field<'a> {
    name: &'static str,
    question: Vec<Msg>,
    /// Ready answers: what is shown, and the text it stands for.
    offers: Vec<(Msg, String)>,
    read: Read<'a>,
    claims: Claims<'a>,
}

impl<'a> Field<'a> {
    /// A field with this name, the question it asks, and the way its answer is understood.
    pub fn new(
        name: &'static str,
        question: Msg,
        read: impl Fn(&str) -> Result<String, Msg> + Send + Sync + 'a,
    ) -> Field<'a> {
        Field { name, question: vec![question], offers: Vec::new(), read: Box::new(read), claims: Box::new(|_| false) }
    }

    /// What is so typed is meant for this question, also where it is refused: no other takes it on the last page.
    #[must_use]
    pub fn claiming(self, claims: impl Fn(&str) -> bool + Send + Sync + 'a) -> Field<'a> {
        Field { claims: Box::new(claims), ..self }
    }

    /// A ready answer, to be chosen instead of typed.
    #[must_use]
    pub fn offer(mut self, label: Msg, answer: impl Into<String>) -> Field<'a> {
        self.offers.push((label, answer.into()));
        self
    }
}

/// A form is a list of fields; the next question is the first field that has no answer yet. So a
/// restart in the middle, or changing one answer at the end, needs no code.
pub struct Form<'a> {
    fields: Vec<Field<'a>>,
}

/// What became of an input that was given to a form.
#[derive(Debug, PartialEq)]
pub enum Taken {
    /// It was an answer (or could not be one, and the step says why).
    Here(Step),
    /// It is not the form's: a deed of the screen's own.
    NotMine,
}

impl<'a> Form<'a> {
    /// A form that asks for these, one after another.
    pub fn new(fields: Vec<Field<'a>>) -> Form<'a> {
        Form { fields }
    }

    /// The page that asks the next question; `None` when all are answered.
    pub fn question<W>(&self, cx: &Cx<'_, W>) -> Option<Page> {
        let field = self.next(cx)?;
        let offers =
            field.offers.iter().map(|(label, answer)| Choice::light(label.clone(), format!("{}={answer}", field.name)));
        let page = Page::default().lines(field.question.clone()).asking();
        Some(offers.fold(page, Page::choice))
    }

    /// Takes an input: a typed or a chosen answer, or the wish to give one again.
    pub fn take<W>(&self, cx: &mut Cx<'_, W>, input: &Input) -> Taken {
        match input {
            Input::Wrote(text) => match self.next(cx) {
                Some(field) => Taken::Here(field.keep(cx, text)),
                None => Taken::Here(self.keep_instead(cx, text)),
            },
            Input::Chose(deed) => {
                let named = |name: &str| self.fields.iter().find(|field| field.name == name);
                if let Some(field) = deed.strip_prefix("redo-").and_then(named) {
                    cx.draft.ask_again(&cx.route, field.name);
                    return Taken::Here(Step::stay());
                }
                let answered = deed.split_once('=');
                let field = answered.and_then(|(name, _)| named(name));
                match (field, answered) {
                    (Some(field), Some((_, answer))) => Taken::Here(field.keep(cx, answer)),
                    _ => Taken::NotMine,
                }
            }
        }
    }

    /// The deed that asks this field again.
    pub fn redo(field: &str) -> String {
        format!("redo-{field}")
    }

    /// Whether nothing is left to be asked.
    pub fn is_complete<W>(&self, cx: &Cx<'_, W>) -> bool {
        self.next(cx).is_none()
    }

    /// On the last page another value is the new answer: to the last question that it fits.
    fn keep_instead<W>(&self, cx: &mut Cx<'_, W>, text: &str) -> Step {
        let takes = |field: &&Field<'_>| (field.read)(text).is_ok() || (field.claims)(text);
        match self.fields.iter().rev().find(takes) {
            Some(field) => {
                let before = cx.draft.clone();
                let step = field.keep(cx, text);
                // Of one question everybody knows which it is.
                let is_another = cx.draft != before && self.fields.len() > 1;
                if is_another { step.saying(msg!("page-another-answer", said = text.trim())) } else { step }
            }
            // What is wrong with it is told by the first: a sum that is too large, a currency that is not ours.
            None => match self.fields.first().map(|field| (field.read)(text)) {
                Some(Err(why)) if text.contains(|c: char| c.is_numeric()) => Step::misread(why),
                _ => Step::stay().saying(msg!("page-unexpected")),
            },
        }
    }

    fn next<W>(&self, cx: &Cx<'_, W>) -> Option<&Field<'a>> {
        let again = cx.draft.asked_again(&cx.route);
        let asked_again = self.fields.iter().find(|field| Some(field.name) == again);
        asked_again.or_else(|| self.fields.iter().find(|field| cx.answer(field.name).is_none()))
    }
}

impl Field<'_> {
    fn keep<W>(&self, cx: &mut Cx<'_, W>, answer: &str) -> Step {
        match (self.read)(answer) {
            Ok(answer) => {
                cx.draft.set(&cx.route, self.name, answer);
                Step::stay()
            }
            Err(why) => Step::misread(why),
        }
    }
}

/// The place that words lead to, and the answer behind them: what begins with the first word that has a digit. One word
/// between the two may be left out: `change it to 80`. A number of a notice is no answer.
pub(super) fn with_answer<'a>(offered: &[Offered], text: &'a str) -> Option<(Route, &'a str)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.iter().position(|word| word.contains(char::is_numeric))?;
    let (named, answer) = (&words[..first], &text[text.find(words[first])?..]);
    let marked = named.last().is_some_and(|mark| NUMERO.contains(&mark.to_lowercase().as_str()));
    if marked || text.contains(['№', '#']) {
        return None;
    }
    let led = |named: &[&str]| match chosen(offered, &named.join(" "), false) {
        Chosen::One(choice) => match Press::decode(&choice.press)? {
            Press::Link(to) => Some(to),
            _ => None,
        },
        _ => None,
    };
    let to = led(named).or_else(|| led(named.split_last()?.1))?;
    Some((to, answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Weight;

    #[test]
    fn an_answer_may_follow_the_words_that_lead_to_its_question() {
        let offered = |(place, label): (usize, &&str)| Offered {
            number: None,
            press: format!("/{place}"),
            label: (*label).to_owned(),
            weight: Weight::Light,
        };
        let all: Vec<Offered> = ["❤️ Help", "Help others", "Настройки"].iter().enumerate().map(offered).collect();
        for (text, means) in [
            ("help others 80", Some(("1", "80"))),
            ("Help others with 80 €", Some(("1", "80 €"))),
            ("настройки €50.50", Some(("2", "€50.50"))),
            ("настройки № 50", None),
            ("настройки no. 50", None),
            ("help 80", Some(("0", "80"))),
            ("help me out with 80", None),
            ("80", None),
            ("help others", None),
        ] {
            let found = with_answer(&all, text);
            let found = found.as_ref().map(|(to, answer)| (to.as_str(), *answer));
            assert_eq!(found, means, "{text}");
        }
    }
}
