//! The profile of whoever is talking: their card, their status, their language.

use async_trait::async_trait;

use crate::aid::{self, Card};
use crate::screens::members::card_lines;
use crate::screens::sentences::status_sign;
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// My own card, and what I can change about myself.
pub struct Profile;

#[async_trait]
impl Screen<World> for Profile {
    fn name(&self) -> &'static str {
        "profile"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let card = aid::own_card(&aid(cx), me(cx)?.id).await?;
        Ok(view(&card))
    }
}

fn view(card: &Card) -> Page {
    card_lines(Page::new(msg!("profile-title")), card)
        .go(msg!("profile-status", sign = status_sign(card.status)), Route::new("status"))
        .go(msg!("profile-invite"), Route::new("invite").with(card.id))
        .go(msg!("profile-notifications"), Route::new("notifications"))
        .go(msg!("profile-accounts"), Route::new("accounts"))
        .go(msg!("profile-language"), Route::new("language"))
}
