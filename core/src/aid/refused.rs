use sea_orm::DbErr;
use thiserror::Error;

use crate::domain::Refusal;
use exodus_engine::conversation::Fault;

/// Why a use case was not carried out: a rule says no, or something broke.
#[derive(Debug, Error)]
pub enum Refused {
    /// A rule says no; nothing was changed.
    #[error(transparent)]
    Rule(#[from] Refusal),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbErr> for Refused {
    fn from(error: DbErr) -> Refused {
        Refused::Fault(error.into())
    }
}

/// For pages: where a rule says no, there is nothing to see.
impl From<Refused> for Fault {
    fn from(refused: Refused) -> Fault {
        match refused {
            Refused::Rule(_) => Fault::Lost,
            Refused::Fault(fault) => fault,
        }
    }
}
