use sea_orm::DbErr;
use thiserror::Error;

use crate::store;

/// Why a turn could not be played to its end. None of these is the person's doing; what a rule
/// refuses is said on a page instead.
#[derive(Debug, Error)]
pub enum Fault {
    /// The route leads to nothing that this person can see: an old bookmark, a guess. They are taken home.
    #[error("nothing to see at this route")]
    Lost,
    /// Somebody else changed the same records in the same moment. The engine plays the turn again.
    #[error("another turn was faster")]
    Raced,
    /// The database did not answer, or refused. The update stays unseen and is delivered again.
    #[error("database: {0}")]
    Database(#[source] DbErr),
    /// A bug: the person is told so, the operator sees why.
    #[error("{0}")]
    Broken(String),
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Fault {
        match error {
            error if store::is_retryable(&error) => Fault::Raced,
            error if store::is_about_data(&error) => Fault::Broken(format!("database: {error}")),
            error => Fault::Database(error),
        }
    }
}
