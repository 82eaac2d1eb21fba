use super::{Choice, Cx, Input, Page, Step};
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
    takes_any_words: bool,
}

impl<'a> Field<'a> {
    /// A field with this name, the question it asks, and the way its answer is understood.
    pub fn new(
        name: &'static str,
        question: Msg,
        read: impl Fn(&str) -> Result<String, Msg> + Send + Sync + 'a,
    ) -> Field<'a> {
        let (read, claims) = (Box::new(read), Box::new(|_: &str| false));
        Field { name, question: vec![question], offers: Vec::new(), read, claims, takes_any_words: false }
    }

    /// Any words would be an answer: a name, a text. On the form's last page nothing that is typed takes its place, because
    /// whatever is said there would; it is asked for again by its choice.
    #[must_use]
    pub fn in_any_words(self) -> Field<'a> {
        Field { takes_any_words: true, ..self }
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

/// What the deed begins with that asks a field again; its name follows.
const REDO: &str = "redo-";

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
        let page = Page::default().lines(field.question.clone());
        let page = if field.takes_any_words { page.asking_in_any_words() } else { page.asking() };
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
                if let Some(field) = deed.strip_prefix(REDO).and_then(named) {
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
        format!("{REDO}{field}")
    }

    /// Whether nothing is left to be asked.
    pub fn is_complete<W>(&self, cx: &Cx<'_, W>) -> bool {
        self.next(cx).is_none()
    }

    /// Whether this deed asks a field of a form again.
    pub(super) fn is_redo(deed: &str) -> bool {
        deed.starts_with(REDO)
    }

    /// On the last page another value is the new answer: to the last question that it fits, but none that any words would
    /// answer.
    fn keep_instead<W>(&self, cx: &mut Cx<'_, W>, text: &str) -> Step {
        let takes = |field: &&Field<'_>| !field.takes_any_words && ((field.read)(text).is_ok() || (field.claims)(text));
        match self.fields.iter().rev().find(takes) {
            Some(field) => {
                let before = cx.draft.clone();
                let step = field.keep(cx, text);
                // Of one question everybody knows which it is.
                let is_another = cx.draft != before && self.fields.len() > 1;
                if is_another { step.saying(msg!("page-another-answer", said = text.trim())) } else { step }
            }
            None if self.fields.iter().any(|field| field.takes_any_words) => Step::misread(msg!("page-kept")),
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
