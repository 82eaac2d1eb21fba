//! Somebody who follows every link there is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use exodus::domain::MemberId;
use exodus_engine::conversation::{Caps, Heard, Press, Rendered, Route};
use exodus_engine::msg;

use crate::community::{member, noon};
use crate::everybody::{crowd, settle};
use crate::house::{ADMINISTRATOR, House, KEYBOARD, NUMBERED, presses};
use crate::limits;

/// More steps back than anybody has to make.
const STEPS_BACK: usize = 17;

/// So many of a kind are all that differ in more than names.
const MANY: usize = 24;

/// The only page without a way to the menu: there is none yet.
const WITHOUT_HOME: &str = "welcome";

struct Crawler<'a> {
    house: &'a House,
    who: &'a str,
    lang: &'a str,
    caps: Caps,
    /// How many pages of one kind are looked at; lists are always read to their end.
    of_a_kind: usize,
}

impl Crawler<'_> {
    /// Sees every page that can be reached from these, each once. Returns the routes.
    async fn see_all(&self, from: &[&str]) -> BTreeSet<String> {
        let mut waiting: VecDeque<String> = from.iter().map(|route| (*route).to_owned()).collect();
        let mut seen = BTreeSet::new();
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(route) = waiting.pop_front() {
            let count = kinds.entry(kind(&route)).or_default();
            let whole = ["list", "network", "expand"].iter().any(|list| route.starts_with(list));
            if seen.contains(&route) || (!whole && *count == self.of_a_kind) {
                continue;
            }
            *count += 1;
            let page = self.follow(&route).await;
            self.hold(&route, &page);
            waiting.extend(links(&page));
            if page.asks && ["ask-monthly", "ask-emergency", "help"].contains(&Route::new(&route).screen()) {
                waiting.extend(self.fill(&route).await);
            }
            seen.insert(route);
        }
        seen
    }

    /// Answers a form up to its last page, and stops there.
    async fn fill(&self, route: &str) -> Vec<String> {
        for answer in ["12,50", "7"] {
            let page = self.hear(Heard::Text(answer.to_owned())).await;
            self.hold(&format!("{route} after {answer}"), &page);
            if !page.asks {
                return links(&page);
            }
        }
        panic!("{route} has no end");
    }

    async fn follow(&self, route: &str) -> Rendered {
        self.hear(Heard::Press(format!("/{route}"))).await
    }

    async fn hear(&self, heard: Heard) -> Rendered {
        self.house.hear(self.who, self.caps, heard).await
    }

    fn hold(&self, place: &str, page: &Rendered) {
        let place = format!("{place} of {} in {}", self.who, self.lang);
        limits::hold(&place, &self.house.locales, self.lang, self.caps, page);
        let text = page.text.plain();
        for line in [msg!("page-lost"), msg!("page-broken"), msg!("page-stale"), msg!("page-unexpected")] {
            let line = self.house.words(self.lang, &line);
            assert!(!text.contains(&line), "{place}: {line}\n{text}");
        }
        let leads_home =
            presses(page).contains(&"/menu") || ["menu ", "suspended "].iter().any(|one| place.starts_with(one));
        assert!(leads_home || place.starts_with(WITHOUT_HOME), "{place} is a dead end:\n{text}");
    }

    /// Wanders about, and then goes back until home.
    async fn wander(&self, routes: &BTreeSet<String>) {
        let home = self.follow("menu").await;
        let stride = routes.len().div_ceil(40);
        for route in routes.iter().step_by(stride) {
            self.follow(route).await;
        }
        for _ in 0..STEPS_BACK {
            if self.hear(Heard::Text("/back".to_owned())).await.text == home.text {
                return;
            }
        }
        panic!("back of {} never ends at home", self.who);
    }
}

/// Routes that differ in their numbers only are of one kind.
fn kind(route: &str) -> String {
    route.split('/').map(|part| if part.parse::<i64>().is_ok() { "#" } else { part }).collect::<Vec<_>>().join("/")
}

fn links(page: &Rendered) -> Vec<String> {
    let links = presses(page).into_iter().filter_map(|press| match Press::decode(press) {
        Some(Press::Link(route)) => Some(route.to_string()),
        _ => None,
    });
    links.collect()
}

/// Sends somebody everywhere, in every language and with and without buttons.
async fn crawl(house: &House, who: &str, id: MemberId, from: &[&str], of_a_kind: usize) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for language in house.locales.languages() {
        house.speak(id, &language.code).await;
        for caps in [KEYBOARD, NUMBERED] {
            let crawler = Crawler { house, who, lang: &language.code, caps, of_a_kind };
            let routes = crawler.see_all(from).await;
            crawler.wander(&routes).await;
            seen.extend(routes);
        }
    }
    seen
}

#[tokio::test]
async fn whoever_follows_every_link_never_meets_a_dead_end() {
    let house = House::in_memory().await;
    let mut kinds = BTreeSet::new();
    for (who, id) in settle(&house.db).await {
        let seen = crawl(&house, who, id, &["menu"], MANY).await;
        kinds.extend(seen.iter().map(|route| kind(route)));
        println!("{who}: {} pages", seen.len());
    }
    // A crawler that sees little proves little.
    for reached in [
        "card/#",
        "help/#",
        "commitment/#",
        "commitment/#/promise",
        "commitment/#/withdraw",
        "commitment/#/forgive",
        "change/#",
        "given/#",
        "note/#",
        "list/overdue",
        "list/overdue-for-me",
        "change-sum/#",
        "change-date/#",
        "end/#",
        "invite/#",
        "network",
        "network/by",
        "network/picture",
        "network/near",
        "network/helps-me",
        "network/whom-i-help-helps",
        "expand",
        "circle/#",
        "helps/#",
        "invite-to",
        "list/mine",
        "ask-monthly",
        "ask-emergency",
        "faq",
        "language",
        "profile",
        "name",
        "about",
        "payment",
        "payment-add",
        "payment-detail/#",
        "payment-detail/#/delete",
        "payment-edit/#/name",
        "payment-edit/#/value",
        "notifications",
        "daily-hour",
        "quiet-hours",
        "time-zone",
        "status",
    ] {
        assert!(kinds.contains(reached), "{reached} was not reached: {kinds:?}");
    }
}

#[tokio::test]
async fn neither_does_an_administrator_nor_whoever_is_suspended() {
    let house = House::in_memory().await;
    settle(&house.db).await;
    let (held, administrator) = (member(&house.db, "held").await, member(&house.db, ADMINISTRATOR).await);
    exodus::store::member::suspend(&house.db, held, "a reason", noon(2)).await.unwrap();
    exodus::store::announcement::insert(&house.db, administrator, "Hello", held, noon(2)).await.unwrap();
    let seen: BTreeSet<String> = crawl(&house, ADMINISTRATOR, administrator, &["menu"], 4).await;
    let kinds: BTreeSet<String> = seen.iter().map(|route| kind(route)).collect();
    for reached in
        ["admin", "admin-members", "admin-members/#", "admin-member/#", "suspend/#", "announce", "announcement/#"]
    {
        assert!(kinds.contains(reached), "{reached} was not reached: {kinds:?}");
    }
    let seen = crawl(&house, "held", held, &["menu"], 4).await;
    let routes = ["leave", "menu", "my-data", "my-data/file"].map(str::to_owned);
    assert!(seen.is_subset(&BTreeSet::from_iter(routes.into_iter().chain(["suspended".to_owned()]))), "{seen:?}");
}

#[tokio::test]
async fn a_list_of_hundreds_is_walked_page_by_page() {
    let house = House::in_memory().await;
    let centre = crowd(&house.db, 300).await;
    let seen = crawl(&house, "centre", centre, &["menu"], 3).await;
    for last in [
        "network/37",
        "network/near/37",
        "network/helps-me/37",
        "network/i-help/37",
        "list/for-me/18",
        "list/to-confirm/18",
        "list/mine/12",
        "list/claimed/24",
    ] {
        assert!(seen.contains(last), "{last} was not reached: {seen:?}");
    }
}

#[tokio::test]
async fn names_that_are_written_to_break_pages_break_none() {
    let house = House::in_memory().await;
    settle(&house.db).await;
    for name in crate::everybody::hostile_names() {
        let (_, member) =
            exodus::store::account::find_by_account(&house.db, "terminal", &name).await.unwrap().expect("the account");
        crawl(&house, &name, member.id, &["menu"], 4).await;
    }
}

#[tokio::test]
async fn an_invite_leads_to_pages_too() {
    let house = House::in_memory().await;
    let people = settle(&house.db).await;
    let (_, red) = people[2];
    exodus::store::invite::insert(&house.db, "token", people[0].1, red, crate::community::noon(1)).await.unwrap();
    for caps in [KEYBOARD, NUMBERED] {
        let name = format!("newcomer-{}", caps.buttons);
        let welcome = house.hear(&name, caps, Heard::Text("/start token".into())).await;
        limits::hold("welcome", &house.locales, "en", caps, &welcome);
        let en = crate::house::deed(&welcome, "en");
        house.hear(&name, caps, Heard::Press(en)).await;
        let (_, member) =
            exodus::store::account::find_by_account(&house.db, "terminal", &name).await.unwrap().expect("the account");
        let seen = crawl(&house, &name, member.id, &["invited/token", "menu"], MANY).await;
        assert!(seen.iter().any(|route| route.starts_with("help/")), "{seen:?}");
    }
}
