use async_trait::async_trait;

use crate::screens::world::{Here, World};
use exodus_engine::conversation::{Choice, Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// One topic of the FAQ, and the way to the next: `faq-topic/<topic>`.
pub struct FaqTopic;

#[async_trait]
impl Screen<World> for FaqTopic {
    fn name(&self) -> &'static str {
        "faq-topic"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        cx.route.arg(0).and_then(view).ok_or(Fault::Lost)
    }
}

/// The link to a topic.
pub(super) fn link(topic: &str) -> Choice {
    Choice::go(label(topic), Route::new("faq-topic").with(topic))
}

fn label(topic: &str) -> Msg {
    match topic {
        "start" => msg!("faq-to-start"),
        "signs" => msg!("faq-to-signs"),
        "menu" => msg!("faq-to-menu"),
        "wider" => msg!("faq-to-wider"),
        _ => msg!("faq-to-cases"),
    }
}

fn view(topic: &str) -> Option<Page> {
    let (page, next) = match topic {
        "start" => (start(), "signs"),
        "signs" => (signs(), "menu"),
        "menu" => (menu(), "cases"),
        "cases" => (cases(), "wider"),
        "wider" => (wider(), "start"),
        _ => return None,
    };
    Some(page.choice(link(next)))
}

/// The three ways in which people begin.
fn start() -> Page {
    Page::new(msg!("faq-start")).say(msg!("faq-start-green")).say(msg!("faq-start-orange")).say(msg!("faq-start-red"))
}

fn signs() -> Page {
    Page::new(msg!("faq-signs"))
        .say(msg!("faq-signs-statuses"))
        .say(msg!("faq-signs-help"))
        .say(msg!("faq-signs-others"))
}

fn menu() -> Page {
    Page::new(msg!("faq-menu"))
        .say(msg!("faq-menu-organizer"))
        .say(msg!("faq-menu-profile"))
        .say(msg!("faq-menu-members"))
        .say(msg!("faq-menu-words"))
}

fn cases() -> Page {
    Page::new(msg!("faq-cases"))
        .say(msg!("faq-case-unable"))
        .say(msg!("faq-case-unconfirmed"))
        .say(msg!("faq-case-not-received"))
        .say(msg!("faq-case-in-kind"))
        .say(msg!("faq-case-part"))
        .say(msg!("faq-case-not-seen"))
        .say(msg!("faq-case-another-phone"))
        .say(msg!("faq-case-chat"))
}

/// The wider circles: what they are, and what they are not.
fn wider() -> Page {
    Page::new(msg!("faq-wider"))
        .say(msg!("faq-wider-guarantee"))
        .say(msg!("faq-wider-trust-list"))
        .say(msg!("faq-wider-nothing-owed"))
        .say(msg!("faq-wider-pool"))
        .say(msg!("faq-wider-case"))
        .say(msg!("faq-wider-initiative"))
        .say(msg!("faq-wider-no-promise"))
}
