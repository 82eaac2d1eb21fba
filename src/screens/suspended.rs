//! What one reads who is suspended.

use async_trait::async_trait;

use crate::aid::Suspension;
use crate::domain::local_date;
use crate::screens::world::{Here, World, anybody};
use exodus_engine::conversation::{Choice, Fault, Page, Route, Screen};
use exodus_engine::hours::Zone;
use exodus_engine::msg;
use url::Url;

/// The route of it: where everything leads as long as they are.
pub const SUSPENDED: &str = "suspended";

/// Why, since when, and what they can do all the same.
pub struct Suspended;

#[async_trait]
impl Screen<World> for Suspended {
    fn name(&self) -> &'static str {
        SUSPENDED
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let suspension = anybody(cx)?.suspended.as_ref().ok_or(Fault::Lost)?;
        let settings = &cx.world.settings;
        Ok(view(suspension, &settings.rules.zone, settings.support_contact.as_ref()))
    }
}

fn view(suspension: &Suspension, zone: &Zone, support: Option<&Url>) -> Page {
    let page = Page::new(msg!("suspended-title", date = local_date(suspension.since, zone), why = &suspension.why))
        .say(msg!("suspended-means"))
        .go(msg!("profile-my-data"), Route::new("my-data"))
        .go(msg!("profile-leave"), Route::new("leave"))
        .bare();
    match support {
        Some(url) => page.choice(Choice::Open { label: msg!("faq-support"), url: url.clone() }),
        None => page,
    }
}
