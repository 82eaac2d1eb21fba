//! The browsers in which somebody is signed in, and the link by which they sign in in one more.

use async_trait::async_trait;

use super::sessions::{self, SignInLink};
use crate::conversation::{BROWSERS, Cx, Fault, Input, Page, Route, Screen, Step, WaysIn};
use crate::locale::{Arg, Msg};
use crate::msg;
use crate::store::web::browser::Model;

/// Where I am signed in, and what I can do about that: `browsers` lists the browsers; `browsers/link` shows the link by which I
/// sign in in one more.
pub struct Browsers {
    ways_in: WaysIn,
}

/// What follows in the route of the page that shows the link.
const LINK: &str = "link";

/// The deed that draws a link.
const DRAW: &str = "draw";

/// The deed that signs out in one browser; its number follows.
const END: &str = "end/";

/// The one that signs out in all.
const END_ALL: &str = "end-all";

impl Browsers {
    /// Where these ways lead in.
    pub fn through(ways_in: WaysIn) -> Browsers {
        Browsers { ways_in }
    }
}

/// The link with this word, where browsers have pages.
fn link_with(ways_in: &WaysIn, word: &str) -> Option<String> {
    ways_in.now().into_iter().find_map(|way| way.signs_in).map(|link| link.replace("{token}", word))
}

/// Whether browsers have pages.
pub(super) fn are_served(ways_in: &WaysIn) -> bool {
    ways_in.now().iter().any(|way| way.signs_in.is_some())
}

#[async_trait]
impl<W: Send + Sync> Screen<W> for Browsers {
    fn name(&self) -> &'static str {
        BROWSERS
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        let (at, me) = (&cx.turn.at, cx.me()?);
        if cx.route.arg(0) == Some(LINK) {
            let link = sessions::link(at, me).await?;
            let shown = link.and_then(|link| Some((link_with(&self.ways_in, &link.word)?, link)));
            return Ok(shown.map_or_else(view_without, |(url, link)| view_link(&url, &link)));
        }
        Ok(view(&sessions::of(at, me).await?, are_served(&self.ways_in)))
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (at, me) = (cx.turn.at, cx.me()?);
        if deed == DRAW {
            sessions::draw_link(&at, me).await?;
            return Ok(Step::go(Route::new(BROWSERS).with(LINK)));
        }
        if deed == END_ALL {
            sessions::end_all(&at, me).await?;
            return Ok(Step::stay().saying(msg!("browsers-all-ended")));
        }
        let browser = deed.strip_prefix(END).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let ended = sessions::end(&at, me, browser).await?;
        Ok(Step::stay().saying(msg!("browsers-ended", browser = name(&ended))))
    }
}

fn view(browsers: &[Model], are_served: bool) -> Page {
    let page = Page::new(msg!("browsers-title"));
    let page = match browsers {
        [] => page.say(msg!("browsers-none")),
        all => page
            .say(msg!("browsers-where"))
            .lines(all.iter().map(|one| msg!("browsers-one", browser = name(one), day = day(one))).collect()),
    };
    let page = match are_served {
        true => page.light(msg!("browsers-get"), DRAW),
        false => page.say(msg!("browsers-off")),
    };
    let page = browsers.iter().fold(page, |page, one| {
        page.deed(msg!("browsers-end", browser = name(one), day = day(one)), format!("{END}{}", one.id))
    });
    if browsers.len() < 2 { page } else { page.deed(msg!("browsers-end-all"), END_ALL) }
}

fn view_without() -> Page {
    Page::new(msg!("browsers-no-link")).light(msg!("browsers-another"), DRAW)
}

fn view_link(url: &str, link: &SignInLink) -> Page {
    Page::new(msg!("browsers-link", link = Arg::Verbatim(url.to_owned())))
        .line(msg!("browsers-link-counts", minutes = link.minutes))
        .say(msg!("browsers-link-secret"))
        .light(msg!("browsers-another"), DRAW)
}

/// Which one it is, as far as anybody knows.
fn name(browser: &Model) -> Msg {
    match browser.called.as_str() {
        "" => msg!("browsers-unknown"),
        called => msg!("browsers-called", name = Arg::Verbatim(called.to_owned())),
    }
}

fn day(browser: &Model) -> Msg {
    Msg::day_month(browser.created_at.date_naive())
}
