//! The accounts of somebody, and linking one more.

use async_trait::async_trait;

use super::browsers::are_served;
use super::settings::{self, Reach, Settings};
use super::written_to::account_name;
use crate::conversation::{
    ACCOUNTS, BROWSERS, Choice, Cx, Fault, Input, LINK, Page, Route, Screen, Step, UNLINK, WayIn, WaysIn,
};
use crate::locale::{Arg, Msg};
use crate::msg;
use crate::store::account::AccountId;
use crate::store::web::MESSENGER;

/// By which accounts I am known, and what I can do about that: `accounts` lists them; `accounts/link` shows the code by which
/// one more is linked; `accounts/unlink/<account>` asks whether one is not mine any more, and once more (`.../sure`) where no chat
/// would be left.
pub struct Accounts {
    ways_in: WaysIn,
}

/// What follows in the route of the page that shows the code.
const CODE: &str = "link";

/// The deed that draws a code.
const DRAW: &str = "draw";

/// The deed that unlinks an account; its number follows.
const GONE: &str = "unlink/";

/// What follows where it is asked once more.
const SURE: &str = "sure";

impl Accounts {
    /// Where accounts of these messengers can be linked.
    pub fn through(ways_in: WaysIn) -> Accounts {
        Accounts { ways_in }
    }
}

#[async_trait]
impl<W: Send + Sync> Screen<W> for Accounts {
    fn name(&self) -> &'static str {
        ACCOUNTS
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        let (mine, here) = (settings::mine(cx).await?, Here::of(cx));
        match cx.route.arg(0) {
            Some(CODE) => {
                let code = settings::link_code(&cx.turn.at, cx.me()?).await?;
                // Nobody types a code into a page.
                let mut ways_in = self.ways_in.now();
                ways_in.retain(|way| way.signs_in.is_none());
                Ok(code.map_or_else(view_without, |code| view_code(&code, &ways_in, here.messenger)))
            }
            Some(UNLINK) => {
                let account = mine.account_of(cx.route.id(1)).ok_or(Fault::Lost)?;
                let is_sure = cx.route.arg(2) == Some(SURE) || !is_last_chat(&mine, account);
                Ok(if is_sure { view_sure(account, here) } else { view_last_chat(account, here) })
            }
            _ => Ok(view(&mine, here, are_served(&self.ways_in))),
        }
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (at, me) = (cx.turn.at, cx.me()?);
        if deed == DRAW {
            settings::draw_link_code(&at, me).await?;
            return Ok(Step::go(Route::new(ACCOUNTS).with(CODE)));
        }
        let account = deed.strip_prefix(GONE).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let (mine, is_asked) = (settings::mine(cx).await?, cx.route.arg(2) == Some(SURE));
        if !is_asked && mine.account_of(Some(account)).is_some_and(|account| is_last_chat(&mine, account)) {
            return Ok(Step::go(asks(account).with(SURE)));
        }
        let gone = settings::unlink(&at, me, account, (cx.turn.messenger, cx.turn.address)).await?;
        Ok(Step::instead(Route::new(ACCOUNTS)).saying(msg!("accounts-unlinked", account = account_name(&gone))))
    }
}

/// The account that is being written from.
#[derive(Clone, Copy)]
struct Here<'a> {
    messenger: &'a str,
    address: &'a str,
}

impl<'a> Here<'a> {
    fn of<W>(cx: &Cx<'a, W>) -> Here<'a> {
        Here { messenger: cx.turn.messenger, address: cx.turn.address }
    }

    fn is(self, account: &Reach) -> bool {
        (self.messenger, self.address) == (account.messenger.as_str(), account.address.as_str())
    }
}

fn view(mine: &Settings, here: Here<'_>, in_browsers: bool) -> Page {
    let written_to = mine.account().map(|account| account.id);
    let line = |account: &Reach| {
        let name = account_name(account);
        match (Some(account.id) == written_to, account.reachable) {
            (true, _) => msg!("accounts-written-to", account = name),
            (false, true) => msg!("accounts-other", account = name),
            (false, false) => msg!("accounts-unreachable", account = name),
        }
    };
    let page = Page::new(msg!("accounts-title", count = mine.accounts.len()))
        .lines(mine.accounts.iter().map(line).collect())
        .say(msg!("accounts-how"))
        .light(msg!("accounts-link"), DRAW);
    let browsers = in_browsers.then(|| Choice::go(msg!("accounts-browsers"), Route::new(BROWSERS)));
    let page = page.row(browsers.into_iter().collect());
    if mine.accounts.len() < 2 {
        return page;
    }
    let page = page.go(msg!("accounts-set-written-to"), Route::new("written-to"));
    // Whoever unlinks the one that they write from would be nobody in the middle of a word.
    mine.accounts
        .iter()
        .filter(|account| !here.is(account))
        .fold(page, |page, account| page.go(msg!("accounts-unlink", account = account_name(account)), asks(account.id)))
}

/// No code, or none that still counts.
fn view_without() -> Page {
    Page::new(msg!("accounts-no-code")).light(msg!("accounts-draw"), DRAW)
}

fn view_code(code: &settings::LinkCode, ways_in: &[WayIn], here: &str) -> Page {
    let elsewhere = ways_in.iter().any(|way| way.messenger != here);
    // Where there is one messenger only, it is another account there.
    let ways = ways_in.iter().filter(|way| !elsewhere || way.messenger != here);
    Page::new(msg!("accounts-code", code = Arg::Verbatim(code.code.clone())))
        .line(msg!("accounts-code-counts", minutes = code.minutes))
        .say(msg!("accounts-code-how"))
        .lines(ways.map(|way| way_line(way, &code.code)).collect())
        .say(msg!("accounts-code-secret"))
        .light(msg!("accounts-draw-another"), DRAW)
}

/// What to do in this messenger: open a link that carries the code, or go to the bot and send it there.
fn way_line(way: &WayIn, code: &str) -> Msg {
    let messenger = msg!("messenger-name", messenger = Arg::Verbatim(way.messenger.to_owned()));
    let word = Arg::Verbatim(format!("{LINK} {code}"));
    match way.link(code) {
        (Some(link), false) => msg!("accounts-way-link", messenger = messenger, link = Arg::Verbatim(link)),
        (Some(link), true) => {
            msg!("accounts-way-link-and-word", messenger = messenger, link = Arg::Verbatim(link), word = word)
        }
        (None, _) => msg!("accounts-way-word", messenger = messenger, word = word),
    }
}

/// Where it is asked whether this account is to be unlinked.
fn asks(account: AccountId) -> Route {
    Route::new(ACCOUNTS).with(UNLINK).with(account)
}

/// Whether nothing but browsers would be left, where nobody comes in by themselves.
fn is_last_chat(mine: &Settings, account: &Reach) -> bool {
    let is_chat = |account: &Reach| account.messenger != MESSENGER;
    is_chat(account) && !mine.accounts.iter().any(|other| is_chat(other) && other.id != account.id)
}

fn view_not_here() -> Page {
    Page::new(msg!("accounts-unlink-not-here")).go(msg!("accounts-keep"), Route::new(ACCOUNTS))
}

fn view_sure(account: &Reach, here: Here<'_>) -> Page {
    if here.is(account) {
        return view_not_here();
    }
    Page::new(msg!("accounts-unlink-sure", account = account_name(account)))
        .say(msg!("accounts-unlink-means"))
        .go(msg!("accounts-keep"), Route::new(ACCOUNTS))
        .grave(msg!("accounts-unlink-yes"), format!("{GONE}{}", account.id))
}

fn view_last_chat(account: &Reach, here: Here<'_>) -> Page {
    if here.is(account) {
        return view_not_here();
    }
    Page::new(msg!("accounts-last-chat", account = account_name(account)))
        .say(msg!("accounts-last-chat-means"))
        .go(msg!("accounts-keep"), Route::new(ACCOUNTS))
        .go(msg!("accounts-last-chat-yes"), asks(account.id).with(SURE))
}
