//! Why something was not done, as problem details (RFC 9457): a code for the program, a sentence for whoever it acts for.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::call::Api;
use super::codes::{self, Code};
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
    /// What it is, for the program: the same in every language and release. `docs/api.md` lists them all.
    pub code: String,
    /// What it is and what can be done about it, in the language of whom the program acts for.
    pub detail: String,
    /// After how many seconds it may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Problem {
    /// With this code, and this sentence in that language.
    pub fn new(api: &Api, lang: &str, code: Code, says: &Msg) -> Problem {
        Problem {
            kind: format!("urn:exodus:problem:{}", code.name),
            title: code.name.replace('_', " "),
            status: code.status.as_u16(),
            code: code.name.to_owned(),
            detail: api.words(lang, says),
            retry_after: None,
        }
    }

    /// There is nothing here for them.
    pub fn nothing(api: &Api, lang: &str) -> Problem {
        Problem::new(api, lang, codes::UNKNOWN, &msg!("api-nothing"))
    }

    /// Something is here, and is asked for otherwise.
    pub fn no_such_method(api: &Api, lang: &str) -> Problem {
        Problem::new(api, lang, codes::NO_SUCH_METHOD, &msg!("api-no-such-method"))
    }

    /// What came can't be read.
    pub fn unreadable(api: &Api, lang: &str, what: &str) -> Problem {
        let says = msg!("api-unreadable", what = what);
        Problem::new(api, lang, codes::UNREADABLE, &says)
    }

    /// It is asked too often.
    pub fn too_often(api: &Api, lang: &str, seconds: u64) -> Problem {
        let says = msg!("api-too-often", seconds = seconds);
        let problem = Problem::new(api, lang, codes::TOO_OFTEN, &says);
        Problem { retry_after: Some(seconds), ..problem }
    }

    /// A rule says no.
    pub fn refused(api: &Api, lang: &str, refusal: Refusal) -> Problem {
        let code = codes::of(refusal);
        if code == codes::UNKNOWN {
            return Problem::nothing(api, lang);
        }
        Problem::new(api, lang, code, &why(refusal))
    }

    /// Something broke. What can be done about it, the fault says.
    pub fn broken(api: &Api, lang: &str, fault: &Fault) -> Problem {
        match fault {
            Fault::Lost | Fault::Refused(_) => Problem::nothing(api, lang),
            Fault::Away(_) | Fault::Raced => {
                let problem = Problem::new(api, lang, codes::AWAY, &msg!("api-away"));
                Problem { retry_after: Some(5), ..problem }
            }
            Fault::Broken(_) => {
                tracing::error!(%fault, "a request of a program broke, nothing was changed");
                Problem::new(api, lang, codes::BROKEN, &msg!("api-broken"))
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
