use async_trait::async_trait;

use super::admin;
use crate::aid::{self, Announced};
use crate::notices::announcement;
use crate::screens::world::{Here, World, aid};
use exodus_engine::conversation::{Choice, Fault, Page, Route, Screen};
use exodus_engine::msg;

/// What was told to everybody, and how far it has come: `announcement/<announcement>`.
pub struct AnnouncementScreen;

#[async_trait]
impl Screen<World> for AnnouncementScreen {
    fn name(&self) -> &'static str {
        "announcement"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let id = cx.route.id(0).ok_or(Fault::Lost)?;
        Ok(view(&aid::announced(&aid(cx), admin(cx)?, id).await?))
    }
}

fn view(announced: &Announced) -> Page {
    let sent = &announced.sent;
    let is_over = announced.queued && sent.waiting == 0;
    let mut lines = vec![match is_over {
        true => msg!("announced-over"),
        false => msg!("announced-on-its-way"),
    }];
    lines.push(msg!("announced-sent", count = sent.sent));
    let others = [
        (sent.waiting, msg!("announced-waiting", count = sent.waiting)),
        (sent.unreachable, msg!("announced-unreachable", count = sent.unreachable)),
        (sent.failed, msg!("announced-failed", count = sent.failed)),
        (announced.daily, msg!("announced-daily", count = announced.daily)),
        (announced.off, msg!("announced-off", count = announced.off)),
    ];
    lines.extend(others.into_iter().filter(|(count, _)| *count > 0).map(|(_, line)| line));
    let page = announcement(Page::default(), &announced.words).lines(lines);
    match is_over {
        true => page,
        // Drawn again, it says how far it has come by then.
        false => page.choice(Choice::go(msg!("announced-look-again"), Route::new("announcement").with(announced.id))),
    }
}
