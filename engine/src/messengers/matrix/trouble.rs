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
    /// What was asked is known to be wrong: it would only be refused again.
    Refused(String),
    /// It is refused, and nobody has foreseen why: it may be so for good, or for a while.
    Unforeseen(String),
}

impl Trouble {
    /// The same request can succeed later, without anybody doing anything.
    pub fn passes(&self) -> bool {
        matches!(self, Trouble::SignedOut | Trouble::Limited(_) | Trouble::Silent(_))
    }
}

impl From<&HttpError> for Trouble {
    fn from(error: &HttpError) -> Trouble {
        let Some(refused) = error.as_client_api_error() else {
            return match error {
                // It was somebody else who asked.
                HttpError::Cached(error) => Trouble::from(error.as_ref()),
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
            // An operator of the homeserver has to do something first; the letters can wait for that.
            (Some(ErrorKind::ResourceLimitExceeded(_) | ErrorKind::UserSuspended | ErrorKind::UserLocked), _) => {
                Trouble::Silent(error.to_string())
            }
            (Some(ErrorKind::TooLarge), _) | (_, 413) => Trouble::TooLarge,
            // Who lets nobody invite them can't be reached, as who has gone.
            (Some(ErrorKind::Forbidden | ErrorKind::InviteBlocked), _) => Trouble::Forbidden(error.to_string()),
            (Some(ErrorKind::NotFound), _) => Trouble::NotFound(error.to_string()),
            // The same when the homeserver wants its terms to be agreed to, or is not the one that it was: a proxy leads
            // elsewhere, say.
            (Some(kind), _) if ["M_CONSENT_NOT_GIVEN", "M_UNRECOGNIZED"].contains(&kind.errcode().as_str()) => {
                Trouble::Silent(error.to_string())
            }
            (Some(ErrorKind::BadJson | ErrorKind::NotJson | ErrorKind::InvalidParam | ErrorKind::MissingParam), _) => {
                Trouble::Refused(error.to_string())
            }
            // Without a code of Matrix it is not the homeserver that speaks: what stands before it can't reach it.
            (None, _) | (_, 500..) => Trouble::Silent(error.to_string()),
            _ => Trouble::Unforeseen(error.to_string()),
        }
    }
}

impl From<&Error> for Trouble {
    fn from(error: &Error) -> Trouble {
        match error {
            Error::Http(error) => Trouble::from(error.as_ref()),
            Error::SerdeJson(error) => Trouble::Refused(error.to_string()),
            // The device's store did not do its part, or something was not known yet.
            error => Trouble::Silent(error.to_string()),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::SignedOut => write!(f, "the homeserver has signed us out"),
            Trouble::Limited(pause) => write!(f, "the homeserver asks for a pause of {} s", pause.as_secs()),
            Trouble::TooLarge => write!(f, "it is longer than the homeserver takes"),
            Trouble::Silent(why)
            | Trouble::Forbidden(why)
            | Trouble::NotFound(why)
            | Trouble::Refused(why)
            | Trouble::Unforeseen(why) => write!(f, "{why}"),
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

#[cfg(test)]
mod tests {
    use matrix_sdk::reqwest::{StatusCode, get};
    use matrix_sdk::ruma::api::client::uiaa::UiaaResponse;
    use matrix_sdk::ruma::api::error::{Error as Refusal, ErrorBody, FromHttpResponseError};
    use serde_json::json;

    use super::*;

    fn refusal(status: u16, body: &serde_json::Value) -> Error {
        let body = match serde_json::from_value(body.clone()) {
            Ok(standard) => ErrorBody::Standard(standard),
            Err(_) => ErrorBody::Json(body.clone()),
        };
        let refusal = Refusal::new(StatusCode::from_u16(status).expect("a status"), body);
        HttpError::from(FromHttpResponseError::Server(UiaaResponse::MatrixError(refusal))).into()
    }

    #[test]
    fn a_homeservers_answers_are_understood() {
        for (status, code, judged) in [
            (401, "M_UNKNOWN_TOKEN", "signed out"),
            (401, "M_MISSING_TOKEN", "signed out"),
            (403, "M_USER_DEACTIVATED", "signed out"),
            (429, "M_LIMIT_EXCEEDED", "limited"),
            (429, "", "limited"),
            (403, "M_FORBIDDEN", "forbidden"),
            (403, "M_INVITE_BLOCKED", "forbidden"),
            (404, "M_NOT_FOUND", "not found"),
            (413, "M_TOO_LARGE", "too large"),
            (413, "", "too large"),
            (403, "M_RESOURCE_LIMIT_EXCEEDED", "silent"),
            (500, "M_UNKNOWN", "silent"),
            (502, "", "silent"),
            (504, "", "silent"),
            (404, "", "silent"),
            (403, "", "silent"),
            (403, "M_USER_SUSPENDED", "silent"),
            (401, "M_USER_LOCKED", "silent"),
            (400, "M_BAD_JSON", "refused"),
            (400, "M_INVALID_PARAM", "refused"),
            (400, "M_UNKNOWN", "unforeseen"),
            (400, "M_SOMETHING_NEW", "unforeseen"),
            (403, "ORG.EXAMPLE.SOMETHING_NEW", "unforeseen"),
            (403, "M_CONSENT_NOT_GIVEN", "silent"),
            (404, "M_UNRECOGNIZED", "silent"),
            (405, "M_UNRECOGNIZED", "silent"),
        ] {
            let body = json!({
                "errcode": code, "error": "in words", "soft_logout": false, "retry_after_ms": 2005, "admin_contact": "",
            });
            let body = if code.is_empty() { json!({}) } else { body };
            let found = match Trouble::from(&refusal(status, &body)) {
                Trouble::SignedOut => "signed out",
                Trouble::Limited(_) => "limited",
                Trouble::Silent(_) => "silent",
                Trouble::Forbidden(_) => "forbidden",
                Trouble::NotFound(_) => "not found",
                Trouble::TooLarge => "too large",
                Trouble::Refused(_) => "refused",
                Trouble::Unforeseen(_) => "unforeseen",
            };
            assert_eq!(found, judged, "{status} {code}");
        }
    }

    #[test]
    fn a_pause_is_as_long_as_the_homeserver_says() {
        for (body, pause) in [
            (
                json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 2005 }),
                Duration::from_millis(2005),
            ),
            (json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "" }), PAUSE),
            (json!({}), PAUSE),
        ] {
            assert_eq!(Trouble::from(&refusal(429, &body)), Trouble::Limited(pause), "{body}");
        }
    }

    #[tokio::test]
    async fn who_does_not_answer_may_answer_later_and_no_address_is_told() {
        let error = get("http://127.0.0.1:1/secret").await.expect_err("nobody is there");
        let Trouble::Silent(why) = Trouble::from(&HttpError::Reqwest(error)) else { panic!("it would pass") };
        assert!(!why.contains("secret"), "{why}");
    }
}
