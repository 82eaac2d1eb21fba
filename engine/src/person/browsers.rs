//! The browsers in which somebody is signed in, and the link by which they sign in in one more.

use async_trait::async_trait;

use super::sessions::{self, SignInLink};
use super::settings::{self, Settings};
use crate::conversation::{BROWSERS, Cx, Fault, Input, Page, Route, Screen, Step, WaysIn, browser_name};
use crate::hours::Zone;
use crate::locale::{Arg, Msg};
use crate::msg;
use crate::store::web::MESSENGER;
use crate::store::web::browser::{BrowserId, Model};

/// Where I am signed in, and what I can do about that: `browsers` lists the browsers; `browsers/link` shows the link by which I
/// sign in in one more; `browsers/sure/<browser>` and `browsers/sure/all` ask whether the last way in is to be given up.
pub struct Browsers {
    ways_in: WaysIn,
    /// The zone of those who have chosen none.
    usual: Zone,
}

/// What follows in the route of the page that shows the link.
const LINK: &str = "link";

/// What follows where it is asked once more; then the browser's number, or [`ALL`].
const SURE: &str = "sure";
const ALL: &str = "all";

/// The deed that draws a link.
const DRAW: &str = "draw";

/// The deed that signs out in one browser; its number follows.
const END: &str = "end/";

/// The one that signs out in all.
const END_ALL: &str = "end-all";

impl Browsers {
    /// Where these ways lead in, for people who live in this zone if they have not said otherwise.
    pub fn through(ways_in: WaysIn, usual: Zone) -> Browsers {
        Browsers { ways_in, usual }
    }
}

/// The link with this word, where browsers have pages.
pub fn sign_in_link(ways_in: &WaysIn, word: &str) -> Option<String> {
    ways_in.now().into_iter().find_map(|way| way.signs_in).map(|link| link.replace("{token}", word))
}

/// Whether browsers have pages.
pub(super) fn are_served(ways_in: &WaysIn) -> bool {
    ways_in.now().iter().any(|way| way.signs_in.is_some())
}

/// Which browsers are to be signed out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    One(BrowserId),
    All,
}

impl Which {
    fn of_deed(deed: &str) -> Option<Which> {
        match deed.strip_prefix(END) {
            Some(id) => id.parse().ok().map(Which::One),
            None => (deed == END_ALL).then_some(Which::All),
        }
    }

    fn of_route(route: &Route) -> Option<Which> {
        match route.arg(1)? {
            ALL => Some(Which::All),
            id => id.parse().ok().map(Which::One),
        }
    }

    fn deed(self) -> String {
        match self {
            Which::One(id) => format!("{END}{id}"),
            Which::All => END_ALL.to_owned(),
        }
    }

    fn sure(self) -> Route {
        let asked = Route::new(BROWSERS).with(SURE);
        match self {
            Which::One(id) => asked.with(id),
            Which::All => asked.with(ALL),
        }
    }

    /// Whether nobody could sign in any more by themselves: they have no chat, and no other browser.
    fn is_the_last_way_in(self, mine: &Settings, browsers: &[Model]) -> bool {
        let has_chat = mine.accounts.iter().any(|account| account.messenger != MESSENGER);
        !has_chat && browsers.iter().all(|browser| self == Which::All || self == Which::One(browser.id))
    }
}

#[async_trait]
impl<W: Send + Sync> Screen<W> for Browsers {
    fn name(&self) -> &'static str {
        BROWSERS
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        let (at, me) = (&cx.turn.at, cx.me()?);
        match cx.route.arg(0) {
            Some(LINK) => {
                let link = sessions::link(at, me).await?;
                let shown = link.and_then(|link| Some((sign_in_link(&self.ways_in, &link.word)?, link)));
                Ok(shown.map_or_else(view_without, |(url, link)| view_link(&url, &link)))
            }
            Some(SURE) => {
                let (which, browsers) = (Which::of_route(&cx.route).ok_or(Fault::Lost)?, sessions::of(at, me).await?);
                let is_there = |which| browsers.iter().any(|browser| which == Which::One(browser.id));
                if which != Which::All && !is_there(which) {
                    return Err(Fault::Lost);
                }
                Ok(view_sure(which))
            }
            _ => {
                let zone = settings::mine(cx).await?.place_or(&self.usual).zone;
                Ok(view(&sessions::of(at, me).await?, &zone, are_served(&self.ways_in)))
            }
        }
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (at, me) = (cx.turn.at, cx.me()?);
        if deed == DRAW {
            sessions::draw_link(&at, me).await?;
            return Ok(Step::go(Route::new(BROWSERS).with(LINK)));
        }
        let which = Which::of_deed(&deed).ok_or(Fault::Lost)?;
        let is_asked = Which::of_route(&cx.route) == Some(which);
        let (mine, browsers) = (settings::mine(cx).await?, sessions::of(&at, me).await?);
        if !is_asked && which.is_the_last_way_in(&mine, &browsers) {
            return Ok(Step::go(which.sure()));
        }
        let said = match which {
            Which::All => {
                sessions::end_all(&at, me).await?;
                msg!("browsers-all-ended")
            }
            Which::One(browser) => {
                let ended = sessions::end(&at, me, browser).await?;
                msg!("browsers-ended", browser = browser_name(&ended))
            }
        };
        Ok(if is_asked { Step::instead(Route::new(BROWSERS)) } else { Step::stay() }.saying(said))
    }
}

fn view(browsers: &[Model], zone: &Zone, are_served: bool) -> Page {
    let page = Page::new(msg!("browsers-title"));
    let time = |at| Msg::date_time(zone.local(at));
    let line = |one: &Model| {
        let (since, seen) = (time(one.created_at), time(one.seen_at));
        msg!("browsers-one", browser = browser_name(one), since = since, seen = seen)
    };
    let page = match browsers {
        [] => page.say(msg!("browsers-none")),
        all => page.say(msg!("browsers-where")).lines(all.iter().map(line).collect()),
    };
    let page = match are_served {
        true => page.light(msg!("browsers-get"), DRAW),
        false => page.say(msg!("browsers-off")),
    };
    let page = browsers.iter().fold(page, |page, one| {
        let label = msg!("browsers-end", browser = browser_name(one), since = time(one.created_at));
        page.deed(label, Which::One(one.id).deed())
    });
    if browsers.len() < 2 { page } else { page.deed(msg!("browsers-end-all"), END_ALL) }
}

/// To stay first: the answer that led here, said twice, does nothing.
fn view_sure(which: Which) -> Page {
    Page::new(msg!("browsers-last"))
        .say(msg!("browsers-last-means"))
        .go(msg!("browsers-stay"), Route::new(BROWSERS))
        .grave(msg!("browsers-last-yes"), which.deed())
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
