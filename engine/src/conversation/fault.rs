use sea_orm::DbErr;
use thiserror::Error;

use super::Step;
use super::screen::To;
use crate::locale::Msg;
use crate::store::Trouble;

/// Why a turn, or a deed in it, does not come to its end: sorted by what can be done about it.
#[derive(Debug, Error)]
pub enum Fault {
    /// A rule says no. What the deed has written is undone; the person reads why, here or where the step leads.
    #[error("a rule refused it")]
    Refused(Step),
    /// The route leads to nothing that this person can see: an old bookmark, a guess. What the deed has written is undone;
    /// they are taken home.
    #[error("nothing to see at this route")]
    Lost,
    /// The database is away. Nothing was changed: the same update is to come again.
    #[error("the database does not answer: {0}")]
    Away(#[source] DbErr),
    /// Others changed the same records in the same moment: to be played again (see [`super::Tries`]).
    #[error("another turn was faster")]
    Raced,
    /// A bug, or what the database refuses: it would only happen again. The person gets an apology, the operator sees why,
    /// and the update is done with.
    #[error("{0}")]
    Broken(String),
}

impl Fault {
    /// A rule says no, and this is why.
    pub fn refused(why: Msg) -> Fault {
        Fault::Refused(Step::stay().saying(why))
    }

    /// The same; where a rule said no, the person goes there.
    #[must_use]
    pub fn leading(self, to: To) -> Fault {
        match self {
            Fault::Refused(step) => Fault::Refused(Step { to, ..step }),
            fault => fault,
        }
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Fault {
        match Trouble::of(&error) {
            Trouble::Away => Fault::Away(error),
            Trouble::Raced => Fault::Raced,
            Trouble::Broken => Fault::Broken(format!("database: {error}")),
        }
    }
}
