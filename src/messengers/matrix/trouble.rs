//! What it means when a request to the homeserver brought nothing.

use std::time::Duration;

use matrix_sdk::ruma::api::error::{ErrorKind, RetryAfter};
use matrix_sdk::{Error, HttpError};

/// How long a homeserver is left alone that asks for a pause and does not say for how long.
const PAUSE: Duration = Duration::from_secs(5);

/// Why a request brought nothing. None of it ever holds a token or what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The homeserver does not know our token any more.
    SignedOut,
    /// It asks to be left alone for so long.
    Limited(Duration),
    /// It does not answer, or answers nonsense, or is broken: it will pass.
    Silent(String),
    /// It may not be done: we are not in the room, or are not allowed to.
    Forbidden(String),
    /// There is no such thing.
    NotFound(String),
    /// It is longer than the homeserver takes.
    TooLarge,
    /// Anything else: it would only be refused again.
    Refused(String),
}

impl From<&HttpError> for Trouble {
    fn from(error: &HttpError) -> Trouble {
        let Some(refused) = error.as_client_api_error() else {
            return match error {
                HttpError::IntoHttp(_) => Trouble::Refused(error.to_string()),
                // Addresses of requests can hold what is secret, so they are left out.
                HttpError::Reqwest(error) => Trouble::Silent(unaddressed(error)),
                error => Trouble::Silent(error.to_string()),
            };
        };
        let status = refused.status_code.as_u16();
        match (refused.error_kind(), status) {
            (Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken | ErrorKind::UserDeactivated), _) => {
                Trouble::SignedOut
            }
            (Some(ErrorKind::LimitExceeded(data)), _) => Trouble::Limited(match data.retry_after {
                Some(RetryAfter::Delay(delay)) => delay,
                _ => PAUSE,
            }),
            (_, 429) => Trouble::Limited(PAUSE),
            (Some(ErrorKind::TooLarge), _) | (_, 413) => Trouble::TooLarge,
            (Some(ErrorKind::Forbidden), _) => Trouble::Forbidden(error.to_string()),
            (Some(ErrorKind::NotFound), _) => Trouble::NotFound(error.to_string()),
            (_, 500..) => Trouble::Silent(error.to_string()),
            _ => Trouble::Refused(error.to_string()),
        }
    }
}

impl From<&Error> for Trouble {
    fn from(error: &Error) -> Trouble {
        match error {
            Error::Http(error) => Trouble::from(error.as_ref()),
            error => Trouble::Refused(error.to_string()),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::SignedOut => write!(f, "the homeserver has signed us out"),
            Trouble::Limited(pause) => write!(f, "the homeserver asks for a pause of {} s", pause.as_secs()),
            Trouble::TooLarge => write!(f, "it is longer than the homeserver takes"),
            Trouble::Silent(why) | Trouble::Forbidden(why) | Trouble::NotFound(why) | Trouble::Refused(why) => {
                write!(f, "{why}")
            }
        }
    }
}

/// The innermost reason: `connection refused` says more than `error sending request`.
fn unaddressed(error: &dyn std::error::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
