use std::ops::Deref;

use exodus_engine::locale::{Arg, Msg};

use super::namesake::Mark;

/// What somebody is called by whoever reads of them: by their name, as long as they are a member, and by what tells them from
/// others of that name whom the reader knows. Of one who has left there is no name, and sentences say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    name: String,
    mark: Option<Mark>,
}

impl Called {
    /// One who has left.
    pub fn former() -> Called {
        Called::from(String::new())
    }

    /// The name; nothing of one who has left.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Whether they have left.
    pub fn is_former(&self) -> bool {
        self.name.is_empty()
    }

    /// They are told from others of that name by this.
    pub fn mark(&mut self, mark: Option<Mark>) {
        self.mark = mark;
    }
}

/// The name as it is kept: of one who has left nothing is.
impl From<String> for Called {
    fn from(name: String) -> Called {
        Called { name, mark: None }
    }
}

/// The name; nothing of one who has left.
impl Deref for Called {
    type Target = str;

    fn deref(&self) -> &str {
        &self.name
    }
}

impl PartialEq<str> for Called {
    fn eq(&self, name: &str) -> bool {
        self.name == name
    }
}

impl PartialEq<&str> for Called {
    fn eq(&self, name: &&str) -> bool {
        self.name == *name
    }
}

impl From<&Called> for Arg {
    fn from(called: &Called) -> Arg {
        match &called.mark {
            _ if called.is_former() => Arg::Msg(Msg::new("former-member")),
            Some(mark) => Arg::Msg(mark.beside(&called.name)),
            None => Arg::Words(called.name.clone()),
        }
    }
}

impl From<Called> for Arg {
    fn from(called: Called) -> Arg {
        Arg::from(&called)
    }
}
