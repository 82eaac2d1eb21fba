//! The notice that somebody has signed in in a browser: whoever did not do it themselves learns of it, and can end it.

use super::visits::GIVEN;
use super::{BROWSERS, Fault, Kept, Moment, Page, Route};
use crate::locale::{Arg, Msg};
use crate::msg;
use crate::store::web::browser::{self, BrowserId, Model};

/// What a browser is called, as far as anybody knows.
pub fn browser_name(browser: &Model) -> Msg {
    match browser.called.as_str() {
        "" => msg!("browsers-unknown"),
        called => msg!("browsers-called", name = Arg::Verbatim(called.to_owned())),
    }
}

/// These notices, in their order. One query.
pub(super) async fn notices(at: &Moment<'_>, these: &[&Kept]) -> Result<Vec<Option<Page>>, Fault> {
    let which = |kept: &Kept| kept.facts.split(' ').next().and_then(|id| id.parse::<BrowserId>().ok());
    let browsers = browser::by_id(at.tx, these.iter().filter_map(|kept| which(kept))).await?;
    let page = |kept: &&Kept| {
        let browser = browsers.get(&which(kept)?).filter(|(_, whose)| *whose == kept.to).map(|(browser, _)| browser);
        Some(notice(browser, kept.facts.ends_with(GIVEN)))
    };
    Ok(these.iter().map(page).collect())
}

fn notice(browser: Option<&Model>, given: bool) -> Page {
    let Some(browser) = browser else { return Page::new(msg!("notice-browser-gone")) };
    let name = browser_name(browser);
    let says = match given {
        true => msg!("notice-browser-given", browser = name),
        false => msg!("notice-browser", browser = name),
    };
    Page::new(says).go(msg!("notice-browsers"), Route::new(BROWSERS))
}
