//! One request to the Bot API, and what came of it.

use std::error::Error;
use std::time::Duration;

use reqwest::multipart::Form;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::Bot;
use teloxide::requests::Payload;
use thiserror::Error;
use url::Url;

use super::Settings;
use crate::messengers::proxied::through;

/// How long a request may take that does not wait for anything.
const PATIENCE: Duration = Duration::from_secs(15);

/// The same for one that carries a file.
const FOR_A_FILE: Duration = Duration::from_secs(60);

/// Where requests go. Cheap to clone; all clones share their connections.
#[derive(Clone)]
pub(super) struct Wire {
    /// teloxide's bot holds the client and the token. It shows the token in its `Debug`, so this type has none.
    bot: Bot,
    /// The address of a method, but for the method's name: it ends in the token and a slash.
    base: String,
    /// What stands in between.
    proxy: Option<Url>,
}

/// Why a request brought nothing. Neither kind ever holds the token.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Telegram understood, and won't.
    #[error("Telegram says: {description} ({code})")]
    Refused { code: u16, description: String, retry_after: Option<u64>, moved_to: Option<i64> },
    /// No answer, or none that makes sense: it may be done or not, and may go better the next time.
    #[error("no answer from Telegram: {0}")]
    Silent(String),
}

impl Trouble {
    /// The token is wrong or was revoked. A server that knows no such bot says "Not Found".
    pub fn is_about_the_token(&self) -> bool {
        matches!(self, Trouble::Refused { code: 401 | 404, .. })
    }

    /// How long Telegram asked us to wait.
    pub fn pause(&self) -> Option<Duration> {
        match self {
            Trouble::Refused { retry_after: Some(seconds), .. } => Some(Duration::from_secs(*seconds)),
            Trouble::Refused { code: 429, .. } => Some(Duration::from_secs(1)),
            _ => None,
        }
    }
}

impl Wire {
    /// # Errors
    /// The HTTP client can't be made: the system's certificates can't be read, say.
    pub fn new(settings: &Settings) -> Result<Wire, String> {
        let failed = |error: reqwest::Error| error.without_url().to_string();
        let mut client = teloxide::net::default_reqwest_settings().timeout(PATIENCE);
        if let Some(proxy) = &settings.proxy {
            client = client.proxy(reqwest::Proxy::all(proxy.clone()).map_err(failed)?);
        }
        let token = &settings.token;
        let bot = Bot::with_client(token, client.build().map_err(failed)?);
        let bot = match &settings.api_url {
            Some(url) => bot.set_api_url(url.clone()),
            None => bot,
        };
        let base = format!("{}/bot{token}/", bot.api_url().as_str().trim_end_matches('/'));
        Ok(Wire { bot, base, proxy: settings.proxy.clone() })
    }

    /// Sends a request and reads of its answer what `R` asks for.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub async fn call<R: DeserializeOwned>(&self, request: &(impl Payload + Serialize)) -> Result<R, Trouble> {
        self.call_for(request, PATIENCE).await
    }

    /// The same with another patience.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub async fn call_for<P, R>(&self, request: &P, patience: Duration) -> Result<R, Trouble>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        self.post(P::NAME, request, patience).await
    }

    /// The same for a method of this name, of which teloxide does not know all that it takes by now.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub async fn say<R: DeserializeOwned>(&self, method: &str, request: &impl Serialize) -> Result<R, Trouble> {
        self.post(method, request, PATIENCE).await
    }

    async fn post<R: DeserializeOwned>(
        &self,
        method: &str,
        request: &impl Serialize,
        patience: Duration,
    ) -> Result<R, Trouble> {
        let body = serde_json::to_vec(request).map_err(|error| Trouble::Silent(error.to_string()))?;
        let sent = self.bot.client().post(format!("{}{method}", self.base));
        let sent = sent.header("content-type", "application/json").timeout(patience).body(body).send().await;
        let answer = sent.map_err(|error| self.silent(&error.without_url()))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|error| self.silent(&error.without_url()))?;
        self.read(status, &body)
    }

    /// Sends a request that carries a file, of a method of this name.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub async fn upload<R: DeserializeOwned>(&self, method: &str, form: Form) -> Result<R, Trouble> {
        let sent = self.bot.client().post(format!("{}{method}", self.base)).timeout(FOR_A_FILE).multipart(form);
        let answer = sent.send().await.map_err(|error| self.silent(&error.without_url()))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|error| self.silent(&error.without_url()))?;
        self.read(status, &body)
    }

    fn read<R: DeserializeOwned>(&self, status: u16, body: &[u8]) -> Result<R, Trouble> {
        let answer: Answer<R> = serde_json::from_str(&String::from_utf8_lossy(body))
            .map_err(|error| self.unheard(format!("status {status}, and an answer that can't be read ({error})")))?;
        if let (true, Some(result)) = (answer.ok, answer.result) {
            return Ok(result);
        }
        let code = answer.error_code.unwrap_or(status);
        let description = self.without_token(&answer.description.unwrap_or_default());
        if answer.ok || code >= 500 {
            return Err(Trouble::Silent(format!("status {code} {description}")));
        }
        let Parameters { retry_after, migrate_to_chat_id: moved_to } = answer.parameters.unwrap_or_default();
        Err(Trouble::Refused { code, description, retry_after, moved_to })
    }

    /// The error with its causes: "error sending request" alone helps nobody.
    fn silent(&self, error: &dyn Error) -> Trouble {
        let mut story = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            story = format!("{story}: {error}");
            cause = error.source();
        }
        self.unheard(self.without_token(&story))
    }

    /// It may have been what stands in between that did not do its part.
    fn unheard(&self, why: String) -> Trouble {
        Trouble::Silent(through(self.proxy.as_ref(), why))
    }

    /// Nobody who answers us should know the token, but a proxy may repeat the address it was asked for.
    fn without_token(&self, text: &str) -> String {
        text.replace(self.bot.token(), "(token)")
    }
}

#[derive(Deserialize)]
struct Answer<R> {
    ok: bool,
    result: Option<R>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    /// A group goes on under this number.
    migrate_to_chat_id: Option<i64>,
}

/// An answer of which nothing is needed.
#[derive(Deserialize)]
pub(super) struct Done {}

/// `true`, as most methods answer.
pub(super) type Yes = bool;

#[cfg(test)]
mod tests {
    use super::*;
    use teloxide::payloads::GetMe;

    const TOKEN: &str = "42:very-secret";

    fn wire(url: &str) -> Wire {
        let api_url = Some(Url::parse(url).expect("a url"));
        Wire::new(&Settings { api_url, ..Settings::new(TOKEN.to_owned()) }).expect("a client")
    }

    #[test]
    fn answers_are_read() {
        let wire = wire("http://127.0.0.1:1");
        let refused = |code, description: &str, retry_after| {
            Err(Trouble::Refused { code, description: description.into(), retry_after, moved_to: None })
        };
        for (status, body, read) in [
            (200, r#"{"ok":true,"result":true}"#, Ok(true)),
            (403, r#"{"ok":false,"error_code":403,"description":"Forbidden"}"#, refused(403, "Forbidden", None)),
            (400, r#"{"ok":false}"#, refused(400, "", None)),
            (
                429,
                r#"{"ok":false,"error_code":429,"description":"slow","parameters":{"retry_after":7}}"#,
                refused(429, "slow", Some(7)),
            ),
            (
                400,
                r#"{"ok":false,"error_code":400,"description":"no /bot42:very-secret/x"}"#,
                refused(400, "no /bot(token)/x", None),
            ),
        ] {
            assert_eq!(wire.read::<bool>(status, body.as_bytes()), read, "{body}");
        }
        for (status, body) in [
            (502, "<html>Bad gateway</html>"),
            (502, r#"{"ok":false,"error_code":502,"description":"Bad Gateway"}"#),
            (200, r#"{"ok":true}"#),
            (200, ""),
        ] {
            let read = wire.read::<bool>(status, body.as_bytes());
            assert!(matches!(read, Err(Trouble::Silent(_))), "{body}: {read:?}");
        }
    }

    #[tokio::test]
    async fn a_request_that_fails_never_tells_the_token() {
        for url in ["http://127.0.0.1:1", "http://no-such-host.invalid/", "http://127.0.0.1:1/a/b"] {
            let failed = wire(url).call::<Done>(&GetMe::new()).await.err().expect("nobody is there");
            assert!(matches!(failed, Trouble::Silent(_)));
            assert!(!format!("{failed} {failed:?}").contains("very-secret"), "{failed}");
        }
    }
}
