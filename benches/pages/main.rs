//! What it takes to look at one's network: each page of it, opened by many members and by one with thousands of supporters,
//! in a community of 100,000 with 500,000 commitments ([`community`]). A turn is measured from the press to the page, with
//! its commit; its statements are counted, without those that begin and end its transaction.
//!
//! It plays on SQLite, and on PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of a server where databases may be created.
//! `cargo bench --bench pages` prints a table in Markdown; `scripts/bench` does all that is needed around it.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod asked;
mod community;
#[path = "../turns/place.rs"]
mod place;
#[path = "../turns/said.rs"]
mod said;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use exodus::aid::Rules;
use exodus::domain::Money;
use exodus::screens::{Exodus, Reading, Settings};
use exodus_engine::conversation::{Answer, Caps, Clock, Does, Engine, Heard, OsChance};
use exodus_engine::host::SystemClock;
use exodus_engine::hours::Zone;
use exodus_engine::locale::Format;
use sea_orm::DatabaseConnection;

use community::{BESIDE, INITIATIVE, INITIATOR, MEMBERS, STAR, SUPPORTERS, VOTER, VOTERS};
use place::Place;
use said::incoming;

const MESSENGER: &str = "phone";
const CAPS: Caps = Caps::KEYBOARD;

/// How often each page is looked at.
const LOOKS: i64 = 200;

/// The pages, as a member of this number comes to them.
const PAGES: [(&str, &str); 11] = [
    ("Members", "/members"),
    ("my network", "/network"),
    ("its filters", "/network/by"),
    ("near circle", "/network/near"),
    ("who helps me", "/network/helps-me"),
    ("whom I help", "/network/i-help"),
    ("who helps those who help me", "/network/helps-my-helpers"),
    ("who helps those I help", "/network/helps-whom-i-help"),
    ("whom my supporters help", "/network/my-helpers-help"),
    ("whom those I help help", "/network/whom-i-help-helps"),
    ("Expand the network", "/expand"),
];

/// The pages of a trust list in which everybody is.
const TRUST: [(&str, &str); 4] = [
    ("trust list", "/trust"),
    ("its nearest ring", "/trust-ring/mine"),
    ("its second ring", "/trust-ring/theirs"),
    ("further on in it", "/trust-ring/further"),
];

static UPDATES: AtomicU64 = AtomicU64::new(1);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("| database | page | who looks | statements | median | 95 % |\n|---|---|---|---:|---:|---:|");
    for place in Place::all() {
        let mut db = place.open(MEMBERS).await?;
        community::settle(&place.unhurried(MEMBERS, &db).await?, SystemClock.now()).await?;
        db.set_metric_callback(asked::note);
        let engine = engine(&db)?;
        // Every 500th member: by turns one who helps and one who is helped.
        let many: Vec<i64> = (1..=LOOKS).map(|look| look * (MEMBERS / LOOKS) - 7 * look % 400).collect();
        for (page, route) in PAGES {
            measure(&engine, place.name(), page, "many", many.iter().map(|who| (*who, route.to_owned()))).await?;
        }
        for (page, route) in TRUST {
            measure(&engine, place.name(), page, "many", many.iter().map(|who| (*who, route.to_owned()))).await?;
        }
        let star = format!("one with {SUPPORTERS} supporters");
        let again = |who: i64, route: &str| vec![(who, route.to_owned()); 20].into_iter();
        for (page, route) in [PAGES[0], PAGES[1], PAGES[2], PAGES[3], PAGES[4]] {
            measure(&engine, place.name(), page, &star, again(STAR, route)).await?;
        }
        let trusted = format!("one with {SUPPORTERS} guarantees");
        for (page, route) in TRUST {
            measure(&engine, place.name(), page, &trusted, again(STAR, route)).await?;
            measure(&engine, place.name(), page, "one of these", again(20, route)).await?;
        }
        for (page, route) in [PAGES[1], PAGES[10]] {
            measure(&engine, place.name(), page, "one of these", again(BESIDE, route)).await?;
        }
        for (page, route) in [("the card of that one", "/card/1"), ("its circle", "/circle/1/300")] {
            measure(&engine, place.name(), page, "one of these", again(BESIDE, route)).await?;
        }
        measure(&engine, place.name(), "received, 5,000 records", &star, again(STAR, "/list/received")).await?;
        opens_emergencies(&engine, place.name()).await?;
        community::settle_initiative(&place.unhurried(MEMBERS, &db).await?, SystemClock.now()).await?;
        let initiative = format!("an initiative with {VOTERS} voters");
        for (who, says) in [(INITIATOR, "its initiator"), (VOTER, "one of them")] {
            measure(&engine, place.name(), &initiative, says, again(who, &format!("/initiative/{INITIATIVE}"))).await?;
            measure(&engine, place.name(), "initiatives", says, again(who, "/initiatives")).await?;
        }
        drop(engine);
        place.close(MEMBERS, db).await?;
    }
    Ok(())
}

fn engine(db: &DatabaseConnection) -> anyhow::Result<Engine<Exodus>> {
    let locales = Arc::new(exodus::texts::locales(Format { currency: "EUR".to_owned() })?);
    let exodus = Exodus::new(Settings {
        rules: Rules {
            zone: Zone::UTC,
            max_amount: Money::from_minor(100_000_000),
            guarantee_amount: Money::from_minor(10_000),
        },
        ways_in: Vec::new().into(),
        support_contact: None,
        locales: locales.clone(),
        reading: Reading::of(&locales),
    });
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Ok(Engine::new(Arc::new(exodus), db.clone(), locales, clock, Arc::new(OsChance)))
}

/// Members with a near circle of [`NEAR`](community::NEAR) ask for urgent help; what is measured is the turn that asks.
async fn opens_emergencies(engine: &Engine<Exodus>, database: &str) -> anyhow::Result<()> {
    let (mut times, mut statements) = (Vec::new(), 0);
    for who in community::many_around() {
        for heard in [Heard::Press("/ask-emergency".to_owned()), Heard::Text("500".to_owned())] {
            turn(engine, who, heard).await?;
        }
        let sure = turn(engine, who, Heard::Text("7".to_owned())).await?;
        let mut presses = sure.rendered.buttons.iter().flatten().filter_map(|button| match &button.does {
            Does::Press(press) if press.ends_with(":ask") => Some(press.clone()),
            _ => None,
        });
        let press = presses.next_back().context("nothing to confirm")?;
        asked::anew();
        let begun = Instant::now();
        turn(engine, who, Heard::Press(press)).await?;
        times.push(begun.elapsed());
        statements += asked::count();
    }
    let who = format!("ones with a near circle of {}", community::NEAR);
    row(database, "opening an emergency", &who, statements, times);
    Ok(())
}

/// One turn of this member, and its page.
async fn turn(engine: &Engine<Exodus>, member: i64, heard: Heard) -> anyhow::Result<Answer> {
    let seq = i64::try_from(UPDATES.fetch_add(1, Ordering::Relaxed))?;
    let incoming = incoming(&member.to_string(), seq, heard);
    let answer = engine.turn(MESSENGER, CAPS, &incoming).await.map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    let answer = answer.context("no page")?;
    // An apology has none.
    anyhow::ensure!(answer.rev.is_some(), "{}", answer.rendered.text.plain());
    Ok(answer)
}

/// Has each of these look at a page, and prints the row.
async fn measure(
    engine: &Engine<Exodus>,
    database: &str,
    page: &str,
    who: &str,
    looks: impl Iterator<Item = (i64, String)>,
) -> anyhow::Result<()> {
    let mut times: Vec<Duration> = Vec::new();
    asked::anew();
    for (member, route) in looks {
        let begun = Instant::now();
        turn(engine, member, Heard::Press(route)).await?;
        times.push(begun.elapsed());
    }
    row(database, page, who, asked::count(), times);
    Ok(())
}

/// Prints what so many turns took.
fn row(database: &str, page: &str, who: &str, statements: u64, mut times: Vec<Duration>) {
    asked::tell(&format!("{database}, {page}, {who}"), times.len());
    times.sort_unstable();
    let statements = statements / times.len() as u64;
    let percentile = |percent: usize| times[(times.len() * percent).div_ceil(100).max(1) - 1].as_secs_f64() * 1000.0;
    println!("| {database} | {page} | {who} | {statements} | {:.1} ms | {:.1} ms |", percentile(50), percentile(95));
}
