//! Why something was not done, as problem details (RFC 9457): a code for the program, a sentence for whoever it acts for.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::call::Api;
use crate::domain::Refusal;
use crate::screens::why;
use exodus_engine::conversation::Fault;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:exodus:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same in one word or two, for whoever reads a log.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What it is, for the program: the same in every language and release.
    pub code: String,
    /// What it is and what can be done about it, in the language of whom the program acts for.
    pub detail: String,
    /// After how many seconds it may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Problem {
    /// With this code, and this sentence in that language.
    pub fn new(api: &Api, lang: &str, status: StatusCode, code: &str, says: &Msg) -> Problem {
        Problem {
            kind: format!("urn:exodus:problem:{code}"),
            title: code.replace('_', " "),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: api.words(lang, says),
            retry_after: None,
        }
    }

    /// There is nothing here for them.
    pub fn nothing(api: &Api, lang: &str) -> Problem {
        Problem::new(api, lang, StatusCode::NOT_FOUND, "unknown", &msg!("api-nothing"))
    }

    /// Something is here, and is asked for otherwise.
    pub fn no_such_method(api: &Api, lang: &str) -> Problem {
        Problem::new(api, lang, StatusCode::METHOD_NOT_ALLOWED, "no_such_method", &msg!("api-no-such-method"))
    }

    /// What came can't be read.
    pub fn unreadable(api: &Api, lang: &str, what: &str) -> Problem {
        let says = msg!("api-unreadable", what = what);
        Problem::new(api, lang, StatusCode::UNPROCESSABLE_ENTITY, "unreadable", &says)
    }

    /// It is asked too often.
    pub fn too_often(api: &Api, lang: &str, seconds: u64) -> Problem {
        let says = msg!("api-too-often", seconds = seconds);
        let problem = Problem::new(api, lang, StatusCode::TOO_MANY_REQUESTS, "too_often", &says);
        Problem { retry_after: Some(seconds), ..problem }
    }

    /// A rule says no.
    pub fn refused(api: &Api, lang: &str, refusal: Refusal) -> Problem {
        let status = match refusal {
            Refusal::Unknown | Refusal::NotYours => return Problem::nothing(api, lang),
            Refusal::NotPositive | Refusal::Days | Refusal::Hours => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        Problem::new(api, lang, status, &code_of(refusal), &why(refusal))
    }

    /// Something broke. What can be done about it, the fault says.
    pub fn broken(api: &Api, lang: &str, fault: &Fault) -> Problem {
        match fault {
            Fault::Lost | Fault::Refused(_) => Problem::nothing(api, lang),
            Fault::Away(_) | Fault::Raced => {
                let status = StatusCode::SERVICE_UNAVAILABLE;
                let problem = Problem::new(api, lang, status, "away", &msg!("api-away"));
                Problem { retry_after: Some(5), ..problem }
            }
            Fault::Broken(_) => {
                tracing::error!(%fault, "a request of a program broke, nothing was changed");
                Problem::new(api, lang, StatusCode::INTERNAL_SERVER_ERROR, "broken", &msg!("api-broken"))
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let text = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, text).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// What a refusal is called, without what it carries: `MoreThanMissing` is `more_than_missing`.
fn code_of(refusal: Refusal) -> String {
    let named = format!("{refusal:?}");
    let name = named.split([' ', '{', '(']).next().unwrap_or_default();
    let mut code = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(letter.to_ascii_lowercase());
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Money, State};

    #[test]
    fn refusals_are_called_by_what_they_are() {
        assert_eq!(code_of(Refusal::MoreThanMissing), "more_than_missing");
        assert_eq!(code_of(Refusal::NotNow { state: State::Claimed }), "not_now");
        assert_eq!(code_of(Refusal::MoreThanOwed { owed: Money::from_minor(1) }), "more_than_owed");
    }
}
