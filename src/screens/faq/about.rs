use async_trait::async_trait;
use url::Url;

use super::topic;
use crate::screens::world::{Here, World};
use exodus_engine::conversation::{Choice, Fault, Page, Screen};
use exodus_engine::msg;

/// What this is, and where more is told.
pub struct Faq;

#[async_trait]
impl Screen<World> for Faq {
    fn name(&self) -> &'static str {
        "faq"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(cx.world.settings.support_contact.as_ref()))
    }
}

fn view(support: Option<&Url>) -> Page {
    let page = Page::new(msg!("faq-about"))
        .say(msg!("faq-no-fund"))
        .say(msg!("faq-commands"))
        .row(vec![topic::link("start"), topic::link("signs")])
        .row(vec![topic::link("menu"), topic::link("cases")])
        .row(vec![topic::link("wider")]);
    match support {
        Some(url) => page.choice(Choice::Open { label: msg!("faq-support"), url: url.clone() }),
        None => page,
    }
}
