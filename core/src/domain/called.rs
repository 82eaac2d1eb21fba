use std::ops::Deref;

use exodus_engine::locale::{Arg, Msg};

/// What somebody is called beside what they once did: by their name, as long as they are a member. Of one who has left there
/// is none, and sentences say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called(String);

impl Called {
    /// One who has left.
    pub fn former() -> Called {
        Called(String::new())
    }

    /// The name; nothing of one who has left.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether they have left.
    pub fn is_former(&self) -> bool {
        self.0.is_empty()
    }
}

/// The name as it is kept: of one who has left nothing is.
impl From<String> for Called {
    fn from(name: String) -> Called {
        Called(name)
    }
}

/// The name; nothing of one who has left.
impl Deref for Called {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Called {
    fn eq(&self, name: &str) -> bool {
        self.0 == name
    }
}

impl PartialEq<&str> for Called {
    fn eq(&self, name: &&str) -> bool {
        self.0 == *name
    }
}

impl From<&Called> for Arg {
    fn from(called: &Called) -> Arg {
        match called.is_former() {
            true => Arg::Msg(Msg::new("former-member")),
            false => Arg::Words(called.0.clone()),
        }
    }
}

impl From<Called> for Arg {
    fn from(called: Called) -> Arg {
        Arg::from(&called)
    }
}
