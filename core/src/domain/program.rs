//! Programs that act for a member, by a token that the member gave them.

use chrono::TimeDelta;
use exodus_engine::locale::{LineFault, clean_name};

/// So many a member may have at once.
pub const MOST: u64 = 20;

/// For how many days a token may count.
pub const DAYS: [u32; 3] = [30, 90, 365];

/// For how long it is remembered what was answered to what a program asked by a name of its own.
pub const REMEMBERED: TimeDelta = TimeDelta::days(7);

/// What a program may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read what the member may see.
    Read,
    /// The same, and do what the member may do.
    Act,
    /// Read the member's calendar, and nothing else.
    Calendar,
    /// Read the community's figures, as whoever administers it.
    Status,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Act, Self::Calendar, Self::Status];

    /// Those that a member can give a program.
    pub const GIVEN: [Self; 3] = [Self::Read, Self::Act, Self::Calendar];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Act => "act",
            Self::Calendar => "calendar",
            Self::Status => "status",
        }
    }

    /// The scope of a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// Whether this is enough for what needs that.
    pub fn covers(self, needed: Self) -> bool {
        self == needed || (self == Self::Act && needed == Self::Read)
    }
}

/// What a member calls a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramName(String);

impl ProgramName {
    /// The name that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<ProgramName, LineFault> {
        clean_name(typed).map(ProgramName)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_act_may_read_and_nobody_else_may_do_what_another_may() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
            for needed in Scope::ALL {
                let covers = scope == needed || (scope, needed) == (Scope::Act, Scope::Read);
                assert_eq!(scope.covers(needed), covers, "{scope:?} for {needed:?}");
            }
        }
    }
}
