//! Who the program acts for.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::call::{Answer, Api};
use super::models::Card;
use super::problem::Problem;
use crate::aid;

/// The member for whom the program acts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Their card, as they see it themselves.
    pub card: Card,
    /// The language in which they are spoken to.
    pub lang: String,
    /// The currency of all sums, and how many decimals it has.
    pub currency: String,
    pub decimals: u32,
    /// What the token allows: `read` or `act`.
    pub scope: String,
}

/// Who I am here: my card, my language, the currency.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", responses(
    (status = 200, body = Me), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn me(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    api.read(&asked, async move |aid, caller, api| {
        Ok(Me {
            card: Card::of(&aid::own_card(aid, caller.member).await?, api.unit()),
            lang: caller.lang.clone(),
            currency: api.settings.reading.currency.clone(),
            decimals: api.unit().decimals(),
            scope: caller.scope.as_str().to_owned(),
        })
    })
    .await
}
