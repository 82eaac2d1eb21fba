//! Every notice has arrived: in Telegram at least once, in Matrix once: there the homeserver itself knows by which name
//! each message was sent.

use std::collections::{BTreeMap, HashMap};

use chrono::Utc;
use exodus::aid::{Aid, Rules};
use exodus::app::config::Config;
use exodus::domain::{MemberId, Money};
use exodus::store::outbox;
use exodus::{notices, store};
use exodus_engine::conversation::{Caps, Kept, Named, OsChance, Reader, render_notice};
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, Statement};

use crate::explained::Who;

/// What everybody's client has shown, as it was sent: how often each text.
pub type Shown = HashMap<Who, HashMap<String, usize>>;

/// How often something was sent by each name, over all rooms of Matrix.
pub type Sent = HashMap<String, usize>;

/// What a client shows that can't decrypt a message.
pub const SECRET: &str = "(undecryptable)";

#[derive(Default)]
pub struct Arrivals {
    pub notices: usize,
    /// More often than once, in Telegram.
    pub doubles: usize,
    pub faults: Vec<String>,
}

/// No two members have one name here, so no day is told.
fn rules() -> Rules {
    Rules { zone: Zone::UTC, max_amount: Money::from_minor(100_000_000), guarantee_amount: Money::ZERO }
}

/// Holds the outbox against what arrived.
pub async fn arrivals(
    db: &DatabaseConnection,
    accounts: &BTreeMap<MemberId, Who>,
    shown: &Shown,
    sent: &Sent,
) -> Arrivals {
    let config = Config::read("none", "", []).unwrap();
    let locales = config.own.locales().unwrap();
    let mut arrivals = Arrivals::default();
    let mut due: HashMap<(Who, String), usize> = HashMap::new();
    let rows = outbox::Entity::find().all(db).await.unwrap();
    let kept: Vec<Kept> = rows.iter().cloned().map(Kept::from).collect();
    let (tx, rules) = (store::begin(db).await.unwrap(), rules());
    let aid = Aid { tx: &tx, now: Utc::now(), rules: &rules, chance: &OsChance };
    for (row, page) in rows.into_iter().zip(notices::pages(&aid, &kept).await.unwrap()) {
        arrivals.notices += 1;
        if row.sent_at.is_none() || row.failed_at.is_some() {
            arrivals.faults.push(format!("not sent: {row:?}"));
        }
        let who = accounts[&row.recipient_id].clone();
        let named = Named { word: row.word.clone().unwrap(), number: row.number.unwrap() };
        let times = sent.get(&format!("n{}", named.word)).copied().unwrap_or_default();
        if who.0 == "matrix" && times != 1 {
            arrivals.faults.push(format!("the homeserver took it {times} times: {row:?}"));
        }
        let caps = if who.0 == "telegram" { Caps::KEYBOARD } else { Caps::NUMBERED };
        let text = render_notice(&locales, Reader::of("en"), caps, &page.unwrap(), &named).text.plain();
        *due.entry((who, text.trim().to_owned())).or_default() += 1;
    }
    for ((who, text), times) in due {
        let times_of = |text: &str| shown.get(&who).and_then(|texts| texts.get(text)).copied().unwrap_or_default();
        let (came, secret) = (times_of(&text), times_of(SECRET));
        let more = came.saturating_sub(times);
        if who.0 == "telegram" {
            arrivals.doubles += more;
        }
        // What a person's client can't decrypt was sent all the same.
        if came + secret < times || (more > 0 && who.0 == "matrix") {
            arrivals.faults.push(format!("{who:?} was told {came} times and not {times} times: {text:?}"));
        }
    }
    arrivals
}

/// By which names the bot has sent something, as its homeserver has noted.
pub async fn sent_in_matrix(database_url: &str) -> Sent {
    let db = Database::connect(format!("{database_url}?mode=ro")).await.unwrap();
    let names = Statement::from_string(DbBackend::Sqlite, "SELECT txn_id FROM event_txn_id_device_id");
    let mut sent = Sent::new();
    for row in db.query_all_raw(names).await.unwrap() {
        *sent.entry(row.try_get_by_index(0).unwrap()).or_default() += 1;
    }
    db.close().await.unwrap();
    sent
}
