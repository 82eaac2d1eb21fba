//! When somebody is left alone.

use async_trait::async_trait;

use super::{settings, typed};
use crate::conversation::{Cx, Fault, Input, Page, Screen, Step};
use crate::hours::QuietHours;
use crate::locale::Arg;
use crate::msg;

/// The hours of the day in which I am not written to: `quiet-hours`.
pub struct QuietHoursScreen;

/// Hours that many choose.
const OFFERED: [&str; 3] = ["22-7", "23-8", "0-9"];

/// The deed that ends them.
const NONE: &str = "none";

#[async_trait]
impl<W: Send + Sync> Screen<W> for QuietHoursScreen {
    fn name(&self) -> &'static str {
        "quiet-hours"
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        Ok(view(settings::mine(cx).await?.quiet))
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let quiet = match &input {
            Input::Chose(deed) if deed == NONE => None,
            Input::Chose(deed) if OFFERED.contains(&deed.as_str()) => QuietHours::parse(deed),
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(said) => match QuietHours::parse(said) {
                None => return Ok(Step::misread(msg!("quiet-not-understood", typed = typed(said)))),
                hours => hours,
            },
        };
        settings::be_quiet(&cx.turn.at, cx.me()?, quiet).await?;
        Ok(Step::back().saying(match quiet {
            Some(quiet) => msg!("quiet-done", hours = hours(quiet)),
            None => msg!("quiet-none-done"),
        }))
    }
}

fn view(now: Option<QuietHours>) -> Page {
    let page = Page::new(match now {
        Some(quiet) => msg!("quiet-now", hours = hours(quiet)),
        None => msg!("quiet-none-now"),
    });
    let offered = OFFERED.into_iter().filter_map(|offer| Some((offer, QuietHours::parse(offer)?)));
    offered
        .filter(|(_, quiet)| Some(*quiet) != now)
        .fold(page.say(msg!("quiet-question")).asking(), |page, (offer, quiet)| {
            page.light(msg!("quiet-offer", hours = hours(quiet)), offer)
        })
        .light(msg!("quiet-off"), NONE)
}

fn hours(quiet: QuietHours) -> Arg {
    Arg::Verbatim(quiet.to_string())
}
