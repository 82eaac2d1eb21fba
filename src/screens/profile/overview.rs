//! The profile of whoever is talking: their card, and the ways to change it.

use async_trait::async_trait;

use crate::aid::{self, Card};
use crate::screens::members::{card_lines, link};
use crate::screens::sentences::status_sign;
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Choice, Fault, Page, Route, Screen};
use exodus_engine::locale::Locales;
use exodus_engine::msg;

/// My own card, and what I can change about myself.
pub struct Profile {
    /// Whether there is another currency to see sums in.
    other_currencies: bool,
}

impl Profile {
    /// The choices that these locales allow.
    pub fn of(locales: &Locales) -> Profile {
        Profile { other_currencies: locales.other_currencies().next().is_some() }
    }
}

#[async_trait]
impl Screen<World> for Profile {
    fn name(&self) -> &'static str {
        "profile"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who) = (aid(cx), me(cx)?.id);
        let card = aid::own_card(&aid, who).await?;
        let ways_to_pay = aid::payment_details(&aid, who).await?.len();
        let has_pages = cx.world.settings.ways_in.now().iter().any(|way| way.signs_in.is_some());
        Ok(self.view(&card, ways_to_pay, has_pages))
    }
}

impl Profile {
    fn view(&self, card: &Card, ways_to_pay: usize, has_pages: bool) -> Page {
        let programs = has_pages.then(|| Choice::go(msg!("profile-programs"), Route::new("programs")));
        let currency = self.other_currencies.then(|| Choice::go(msg!("profile-currency"), Route::new("currency")));
        card_lines(Page::new(msg!("profile-title")), card)
            .go(msg!("profile-status", sign = status_sign(card.status)), Route::new("status"))
            .go(msg!("profile-invite"), Route::new("invite").with(card.id))
            .row(vec![
                Choice::go(msg!("profile-name"), Route::new("name")),
                Choice::go(msg!("profile-about"), Route::new("about")),
            ])
            // As others find it on the card.
            .row(link(card).into_iter().collect())
            .go(msg!("profile-payment", count = ways_to_pay), Route::new("payment"))
            .go(msg!("profile-notifications"), Route::new("notifications"))
            .go(msg!("profile-accounts"), Route::new("accounts"))
            .go(msg!("profile-clearing"), Route::new("clearing"))
            .row(programs.into_iter().collect())
            .row([Choice::go(msg!("profile-language"), Route::new("language"))].into_iter().chain(currency).collect())
            .row(vec![
                Choice::go(msg!("profile-my-data"), Route::new("my-data")),
                // It asks there.
                Choice::go(msg!("profile-leave"), Route::new("leave")),
            ])
    }
}
