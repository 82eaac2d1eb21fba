use std::net::SocketAddr;

use serde::Deserialize;

use super::value::one;

/// `[http]`: what other programs ask over HTTP: `/health`, `/ready`, `/metrics`. Off without this section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSection {
    /// The address and port to listen at.
    #[serde(deserialize_with = "one")]
    pub listen: SocketAddr,
}
