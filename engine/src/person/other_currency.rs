//! In which other currency somebody sees sums, beside the bot's own.

use async_trait::async_trait;

use super::settings;
use crate::conversation::{Cx, Fault, Input, Page, Screen, Step};
use crate::locale::{Arg, Locales};
use crate::msg;

/// The currency that I see sums in beside the bot's own: `currency`. About how much each sum is stands after it; nothing is
/// kept or added up in it.
pub struct OtherCurrency {
    own: String,
    others: Vec<String>,
}

/// The deed that leaves the bot's own alone. The others are called by their codes.
const NONE: &str = "none";

impl OtherCurrency {
    /// The choice among those that there are rates of: see [`Locales::with_rates`].
    pub fn of(locales: &Locales) -> OtherCurrency {
        OtherCurrency {
            own: locales.currency().to_owned(),
            others: locales.other_currencies().map(str::to_owned).collect(),
        }
    }
}

#[async_trait]
impl<W: Send + Sync> Screen<W> for OtherCurrency {
    fn name(&self) -> &'static str {
        "currency"
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        Ok(view(&self.own, &self.others, cx.also_in.as_deref()))
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(code) = input else { return Ok(Step::stay()) };
        let other = self.others.iter().find(|other| **other == code).cloned();
        if other.is_none() && code != NONE {
            return Err(Fault::Lost);
        }
        settings::see_also_in(&cx.turn.at, cx.me()?, other.as_deref()).await?;
        cx.also_in = other;
        let said = match &cx.also_in {
            Some(code) => msg!("currency-done", code = Arg::Verbatim(code.clone())),
            None => msg!("currency-none-done"),
        };
        Ok(Step::back().saying(said))
    }
}

fn view(own: &str, others: &[String], now: Option<&str>) -> Page {
    let label = |code: &str, is_now: bool| {
        let code = Arg::Verbatim(code.to_owned());
        if is_now { msg!("currency-now", code = code) } else { msg!("currency-other-choice", code = code) }
    };
    // A currency that was chosen and has no rate any more is none.
    let now = now.filter(|now| others.iter().any(|other| other == now));
    let page = Page::new(msg!("currency-question", own = Arg::Verbatim(own.to_owned())));
    let page = others.iter().fold(page, |page, code| page.light(label(code, now == Some(code.as_str())), code));
    let alone = msg!("currency-alone", own = Arg::Verbatim(own.to_owned()));
    if now.is_some() { page.light(alone, NONE) } else { page }
}
