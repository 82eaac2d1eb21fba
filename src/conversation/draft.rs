use std::collections::BTreeMap;

use super::Route;

/// The answers of a form that is not finished: named texts, and the route they belong to.
///
/// It is stored as text with the session. A draft of another route stays until a form is
/// begun there, so a look elsewhere (the language, the help) does not lose what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    route: String,
    fields: BTreeMap<String, String>,
}

impl Draft {
    /// Reads a draft as it was stored; what can't be read is no draft.
    pub fn parse(text: &str) -> Draft {
        let Ok(mut fields) = serde_json::from_str::<BTreeMap<String, String>>(text) else {
            return Draft::default();
        };
        let route = fields.remove("").unwrap_or_default();
        Draft { route, fields }
    }

    pub fn encode(&self) -> String {
        if self.fields.is_empty() {
            return String::new();
        }
        let mut fields = self.fields.clone();
        fields.insert(String::new(), self.route.clone());
        serde_json::to_string(&fields).unwrap_or_default()
    }

    /// The answer to this field at this route, if it was given.
    pub fn get(&self, route: &Route, field: &str) -> Option<&str> {
        (self.route == route.as_str()).then(|| self.fields.get(field).map(String::as_str))?
    }

    /// Keeps an answer; answers that belonged to another route go.
    pub fn set(&mut self, route: &Route, field: &str, answer: String) {
        self.belong_to(route);
        self.fields.insert(field.to_owned(), answer);
    }

    /// Forgets one answer, so that the form asks for it again.
    pub fn forget(&mut self, route: &Route, field: &str) {
        self.belong_to(route);
        self.fields.remove(field);
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
    fn what_can_not_be_read_is_no_draft() {
        for text in ["", "{", "[]", "{\"a\":1}", "null"] {
            assert_eq!(Draft::parse(text), Draft::default(), "{text:?}");
        }
    }
}
