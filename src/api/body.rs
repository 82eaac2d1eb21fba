//! What a request brings: JSON of a known form, and in it sums and texts as people would type them.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use serde::de::DeserializeOwned;

use super::asked::{Asked, lang_of};
use super::call::Api;
use super::codes;
use super::problem::Problem;
use crate::domain::{Misread, Money};
use crate::screens::unfit;
use exodus_engine::id::Id;
use exodus_engine::locale::LineFault;
use exodus_engine::msg;

/// The largest request, in bytes: the longest text of a pool's rules, and room for the rest.
const LARGEST: usize = 32 * 1024;

/// Reads what a request brings. Where it brings nothing, that is an object with nothing in it. Gives the text as well, by
/// which the same request is known again.
pub async fn read<T: DeserializeOwned>(api: &Arc<Api>, asked: &Asked, body: Body) -> Result<(T, String), Problem> {
    let lang = lang_of(api, &asked.headers);
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| Problem::unreadable(api, &lang, "body"))?;
    let text = String::from_utf8(bytes.into()).map_err(|_| Problem::unreadable(api, &lang, "body"))?;
    let brought = if text.trim().is_empty() { "{}" } else { &text };
    let read = serde_json::from_str(brought).map_err(|error| Problem::unreadable(api, &lang, &error.to_string()))?;
    Ok((read, text))
}

/// A number in a path; what is none names nothing.
pub fn id<Of>(api: &Api, asked: &Asked, text: &str) -> Result<Id<Of>, Problem> {
    text.parse().map_err(|_| Problem::nothing(api, &lang_of(api, &asked.headers)))
}

/// A sum: a decimal number.
pub fn sum(api: &Api, asked: &Asked, text: &str) -> Result<Money, Problem> {
    let lang = lang_of(api, &asked.headers);
    api.unit().parse(text, api.settings.rules.max_amount).map_err(|misread| {
        let says = match misread {
            Misread::NotPositive => msg!("sum-not-positive"),
            Misread::Decimals => msg!("sum-decimals", decimals = api.unit().decimals()),
            Misread::TooLarge(max) => msg!("sum-too-large", max = max),
            Misread::NotANumber | Misread::Foreign | Misread::Uneven => msg!("sum-not-a-number"),
        };
        Problem::new(api, &lang, codes::SUM, &says)
    })
}

/// A text that a rule reads.
pub fn text<T>(api: &Api, asked: &Asked, read: Result<T, LineFault>) -> Result<T, Problem> {
    let lang = lang_of(api, &asked.headers);
    read.map_err(|fault| Problem::new(api, &lang, codes::TEXT, &unfit(fault)))
}

/// What nobody can read.
pub fn unreadable(api: &Api, asked: &Asked, what: &str) -> Problem {
    Problem::unreadable(api, &lang_of(api, &asked.headers), what)
}
