use thiserror::Error;

use super::rpc::RpcError;
use crate::store::deltachat::NotKept;

/// Why something in Delta Chat can't be understood or done now.
#[derive(Debug, Error)]
pub(super) enum Trouble {
    /// The program has ended, or refuses.
    #[error(transparent)]
    Rpc(#[from] RpcError),
    /// What is remembered could not be read or written.
    #[error("the database does not answer: {0}")]
    Stored(#[from] NotKept),
}
