use super::{Choice, Cx, Input, Page, Step};
use crate::locale::Msg;

/// Understands one answer: the text to keep, or what to type instead.
type Read<'a> = Box<dyn Fn(&str) -> Result<String, Msg> + Send + Sync + 'a>;

/// One question of a form.
pub struct Field<'a> {
    name: &'static str,
    question: Vec<Msg>,
    /// Ready answers: what is shown, and the text it stands for.
    offers: Vec<(Msg, String)>,
    read: Read<'a>,
}

impl<'a> Field<'a> {
    /// A field with this name, the question it asks, and the way its answer is understood.
    pub fn new(
        name: &'static str,
        question: Msg,
        read: impl Fn(&str) -> Result<String, Msg> + Send + Sync + 'a,
    ) -> Field<'a> {
        Field { name, question: vec![question], offers: Vec::new(), read: Box::new(read) }
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
    pub fn new(fields: Vec<Field<'a>>) -> Form<'a> {
        Form { fields }
    }

    /// The page that asks the next question; `None` when all are answered.
    pub fn question<W>(&self, cx: &Cx<'_, W>) -> Option<Page> {
        let field = self.next(cx)?;
        let offers =
            field.offers.iter().map(|(label, answer)| Choice::deed(label.clone(), format!("{}={answer}", field.name)));
        let page = Page::default().lines(field.question.clone()).asking();
        Some(offers.fold(page, Page::choice))
    }

    /// Takes an input: a typed or a chosen answer, or the wish to give one again.
    pub fn take<W>(&self, cx: &mut Cx<'_, W>, input: &Input) -> Taken {
        match input {
            Input::Wrote(text) => match self.next(cx) {
                Some(field) => Taken::Here(field.keep(cx, text)),
                None => Taken::NotMine,
            },
            Input::Chose(deed) => {
                let named = |name: &str| self.fields.iter().find(|field| field.name == name);
                if let Some(field) = deed.strip_prefix("redo-").and_then(named) {
                    cx.draft.forget(&cx.route, field.name);
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

    fn next<W>(&self, cx: &Cx<'_, W>) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| cx.answer(field.name).is_none())
    }
}

impl Field<'_> {
    fn keep<W>(&self, cx: &mut Cx<'_, W>, answer: &str) -> Step {
        match (self.read)(answer) {
            Ok(answer) => {
                cx.draft.set(&cx.route, self.name, answer);
                Step::stay()
            }
            Err(why) => Step::stay().saying(why),
        }
    }
}
