use super::Route;

/// The answers of a form that is not finished: named texts in the order in which they were given, and the route they
/// belong to.
///
/// It is stored as text with the session. A draft of another route stays until a form is
/// begun there, so a look elsewhere (the language, the help) does not lose what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    route: String,
    fields: Vec<(String, String)>,
}

/// What says that an answer is asked for again, in the place of a field's name.
const AGAIN: &str = "?";

impl Draft {
    /// Reads a draft as it was stored; what can't be read is no draft.
    pub fn parse(text: &str) -> Draft {
        let Ok((route, fields)) = serde_json::from_str(text) else { return Draft::default() };
        Draft { route, fields }
    }

    /// As the session keeps it.
    pub fn encode(&self) -> String {
        if self.fields.is_empty() {
            return String::new();
        }
        serde_json::to_string(&(&self.route, &self.fields)).unwrap_or_default()
    }

    /// The answer to this field at this route, if it was given.
    pub fn get(&self, route: &Route, field: &str) -> Option<&str> {
        let given = self.fields.iter().find(|(name, _)| name == field).filter(|_| self.route == route.as_str());
        given.map(|(_, answer)| answer.as_str())
    }

    /// The field whose answer is asked for again, if one is.
    pub fn asked_again(&self, route: &Route) -> Option<&str> {
        self.get(route, AGAIN)
    }

    /// Keeps an answer; answers that belonged to another route go.
    pub fn set(&mut self, route: &Route, field: &str, answer: String) {
        self.belong_to(route);
        self.fields.retain(|(name, _)| name != AGAIN);
        match self.fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, given)) => *given = answer,
            None => self.fields.push((field.to_owned(), answer)),
        }
    }

    /// Asks for an answer again. Until another one is given, it stands.
    pub fn ask_again(&mut self, route: &Route, field: &str) {
        self.belong_to(route);
        self.fields.retain(|(name, _)| name != AGAIN);
        self.fields.push((AGAIN.to_owned(), field.to_owned()));
    }

    /// Forgets one answer, so that the form asks for it anew.
    pub fn forget(&mut self, route: &Route, field: &str) {
        self.belong_to(route);
        self.fields.retain(|(name, _)| name != field);
    }

    /// Goes one question back: takes back that an answer is asked for again, or else the last answer.
    pub fn step_back(&mut self, route: &Route) {
        self.belong_to(route);
        self.fields.pop();
    }

    /// Forgets everything that was answered at this route.
    pub fn clear(&mut self, route: &Route) {
        if self.route == route.as_str() {
            *self = Draft::default();
        }
    }

    /// Whether something was answered at this route.
    pub fn begun(&self, route: &Route) -> bool {
        self.route == route.as_str() && !self.fields.is_empty()
    }

    fn belong_to(&mut self, route: &Route) {
        if self.route != route.as_str() {
            *self = Draft { route: route.as_str().to_owned(), ..Draft::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_reads_back_as_it_was_stored_and_belongs_to_one_route() {
        let (here, there) = (Route::new("here"), Route::new("there"));
        let mut draft = Draft::default();
        draft.set(&here, "sum", "120,50 \"€\"\n".into());
        assert_eq!(Draft::parse(&draft.encode()), draft);
        assert_eq!(draft.get(&here, "sum"), Some("120,50 \"€\"\n"));
        assert_eq!(draft.get(&there, "sum"), None);
        draft.clear(&there);
        assert!(draft.begun(&here));
        draft.set(&there, "days", "7".into());
        assert!(!draft.begun(&here));
    }

    #[test]
    fn one_question_back_takes_the_last_answer_or_the_wish_for_another_one() {
        let here = Route::new("here");
        let mut draft = Draft::default();
        draft.set(&here, "sum", "800".into());
        draft.set(&here, "date", "2026-12-05".into());
        draft.ask_again(&here, "sum");
        assert_eq!((draft.asked_again(&here), draft.get(&here, "sum")), (Some("sum"), Some("800")));
        assert_eq!(Draft::parse(&draft.encode()), draft);
        draft.step_back(&here);
        assert_eq!((draft.asked_again(&here), draft.get(&here, "date")), (None, Some("2026-12-05")));
        draft.ask_again(&here, "sum");
        draft.set(&here, "sum", "900".into());
        assert_eq!(draft.asked_again(&here), None);
        draft.step_back(&here);
        assert_eq!((draft.get(&here, "sum"), draft.get(&here, "date")), (Some("900"), None));
        draft.step_back(&here);
        assert!(!draft.begun(&here));
    }

    #[test]
    fn what_can_not_be_read_is_no_draft() {
        for text in ["", "{", "[]", "{\"a\":1}", "{\"\":\"help/1\",\"sum\":\"5\"}", "null"] {
            assert_eq!(Draft::parse(text), Draft::default(), "{text:?}");
        }
    }
}
