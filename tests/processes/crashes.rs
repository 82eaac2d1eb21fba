//! The database crashes while people talk: PostgreSQL as after a loss of power, with turns and letters under way.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use bot_api::BotApi;
use bot_api::driver::{self, Load, Script};
use exodus::aid::{Aid, Rules};
use exodus::app::config::Config;
use exodus::domain::Money;
use exodus::{notices, store};
use exodus_engine::conversation::{Caps, Clock, Kept, Named, OsChance, Reader, render_notice};
use exodus_engine::host::SystemClock;
use exodus_engine::hours::Zone;
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::own_postgres::OwnPostgres;
use crate::program::{Program, TOKEN};
use crate::sharing::{CYCLE, each_deed_was_done_once, everybody_is_told};

/// How many pairs of people live a cycle of help.
const PAIRS: usize = 10;

/// The people of the driver.
const FIRST: i64 = 1_000_000;

/// What people were told, and how often.
pub type Told = BTreeMap<(String, String), usize>;

/// No two members have one name here, so no day is told.
fn rules() -> Rules {
    Rules { zone: Zone::UTC, max_amount: Money::from_minor(100_000_000), guarantee_amount: Money::ZERO }
}

/// What they had to be told.
pub async fn due(db: &DatabaseConnection) -> Told {
    let locales = Config::read("none", "", []).unwrap().own.locales().unwrap();
    let accounts = store::account::Entity::find().all(db).await.unwrap();
    let accounts: HashMap<_, String> = accounts.into_iter().map(|one| (one.person_id, one.address)).collect();
    let people = store::person::Entity::find().all(db).await.unwrap();
    let langs: HashMap<_, String> = people.into_iter().map(|one| (one.id, one.lang)).collect();
    let caps = Caps::KEYBOARD;
    let mut due = Told::new();
    let rows = store::outbox::Entity::find().all(db).await.unwrap();
    let kept: Vec<Kept> = rows.iter().cloned().map(Kept::from).collect();
    let (tx, rules) = (store::begin(db).await.unwrap(), rules());
    let aid = Aid { tx: &tx, now: SystemClock.now(), rules: &rules, chance: &OsChance };
    for (row, page) in rows.into_iter().zip(notices::pages(&aid, &kept).await.unwrap()) {
        assert!(row.sent_at.is_some() && row.failed_at.is_none(), "{row:?}");
        let named = Named { word: row.word.clone().unwrap(), number: row.number.unwrap() };
        let text =
            render_notice(&locales, Reader::of(&langs[&row.recipient_id]), caps, &page.unwrap(), &named).text.plain();
        *due.entry((accounts[&row.recipient_id].clone(), text.trim().to_owned())).or_default() += 1;
    }
    due
}

/// How often each of these was said to whom it concerns.
pub fn said(api: &BotApi, due: &Told, pairs: usize) -> Told {
    let mut said: Told = due.keys().map(|what| (what.clone(), 0)).collect();
    for id in FIRST..FIRST + 2 * pairs as i64 {
        for message in api.user(id).messages().iter().filter(|message| message.from_bot) {
            let what = (id.to_string(), message.as_sent().trim().to_owned());
            said.entry(what).and_modify(|times| *times += 1);
        }
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_crashes_while_people_talk_loses_nothing_and_nothing_is_done_or_told_twice() {
    let Some((server, url)) = OwnPostgres::start() else { return };
    let db = store::connect(&url).await.unwrap();
    store::migrate(&db).await.unwrap();
    let api = BotApi::start(TOKEN).await;
    let program = Program::start(&url, api.url(), None);
    program.is_ready().await;

    // What was said can be looked at as long as people go on.
    let script = Script::parse(&format!("{CYCLE}\nrepeat:\nb: sees \"confirms that they received\"")).unwrap();
    let load = Load {
        members: 2 * PAIRS,
        time: Some(Duration::from_secs(120)),
        rounds: Some(1),
        warm_up: Duration::ZERO,
        // Longer than a lease: a letter that was under way is taken up again when that has run out.
        patience: Duration::from_secs(60),
    };
    let talk = driver::run(&api, script, &load);
    let crash = async {
        let noted = async || store::journal::Entity::find().all(&db).await.map_or(0, |noted| noted.len());
        for so_many in (2..=6).map(|each| each * PAIRS) {
            while noted().await < so_many {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            server.crashes().await;
        }
    };
    let (report, ()) = tokio::join!(talk, crash);
    assert_eq!(report.timeouts, 0, "{:?} {:?}\n{}", report.stuck, report.stuck_example, program.log());
    everybody_is_told(&db).await;
    each_deed_was_done_once(&db, PAIRS).await;
    let due = due(&db).await;
    assert_eq!(said(&api, &due, PAIRS), due, "everybody was told everything, once:\n{}", program.log());
    assert!(api.violations().is_empty(), "{:?}", api.violations());
    assert!(program.is_ready().await.contains("database: answers\n"));
    let log = program.log();
    assert!(log.contains("waiting for the database"), "no crash was met by anything that was under way:\n{log}");
    db.close().await.unwrap();
}
