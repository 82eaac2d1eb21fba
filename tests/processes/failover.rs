//! The database server dies while people talk, and its standby takes its place: two processes behind PgBouncer go on by
//! themselves.
#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]

use std::time::{Duration, Instant};

use bot_api::BotApi;
use bot_api::driver::{self, Load, Script};
use exodus::store;
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::crashes::{due, said};
use crate::front::Front;
use crate::own_postgres::OwnPostgres;
use crate::pooler::Pooler;
use crate::program::{Program, TOKEN, free_address};
use crate::sharing::{CYCLE, each_deed_was_done_once, everybody_is_told};

/// How many pairs of people live a cycle of help; `scripts/failover` takes more.
fn pairs() -> usize {
    std::env::var("EXODUS_TEST_FAILOVER_PAIRS").ok().and_then(|pairs| pairs.parse().ok()).unwrap_or(10)
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_standby_takes_the_place_of_a_server_that_died_nothing_is_lost_or_done_twice_and_nobody_restarts_anything()
 {
    let Some((primary, url)) = OwnPostgres::start() else { return };
    let pairs = pairs();
    let db = store::connect(&url).await.unwrap();
    store::migrate(&db).await.unwrap();
    let standby = primary.standby();
    let (pooler, through) = Pooler::before(&url, "session").await;
    let api = BotApi::start(TOKEN).await;
    let (first, second) = (free_address(), free_address());
    let front = Front::before(vec![first, second]).await;
    let outside = format!("{}/telegram", front.url());
    let one = Program::start(&through, api.url(), Some((&outside, first)));
    let two = Program::start(&through, api.url(), Some((&outside, second)));
    one.is_ready().await;
    two.is_ready().await;

    // What was said can be looked at as long as people go on.
    let script = Script::parse(&format!("{CYCLE}\nrepeat:\nb: sees \"confirms that they received\"")).unwrap();
    let load = Load {
        members: 2 * pairs,
        time: Some(Duration::from_secs(300)),
        rounds: Some(1),
        warm_up: Duration::ZERO,
        patience: Duration::from_secs(90),
    };
    let talk = driver::run(&api, script, &load);
    let fail_over = async {
        let noted = async |db: &DatabaseConnection| {
            store::journal::Entity::find().all(db).await.map_or(0, |noted: Vec<_>| noted.len())
        };
        while noted(&db).await < 3 * pairs {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        db.close().await.unwrap();
        let died = Instant::now();
        primary.is_killed();
        standby.is_promoted().await;
        pooler.leads_to(&standby.url());
        let there = died.elapsed();
        let db = store::connect(&standby.url()).await.unwrap();
        let kept = noted(&db).await;
        while noted(&db).await == kept {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        println!("the standby was there after {there:?}, the first deed was done after {:?}", died.elapsed());
        db
    };
    let (report, db) = tokio::join!(talk, fail_over);
    let log = || format!("{}\n\n{}", one.log(), two.log());
    assert_eq!(report.timeouts, 0, "{:?} {:?}\n{}", report.stuck, report.stuck_example, log());
    everybody_is_told(&db).await;
    each_deed_was_done_once(&db, pairs).await;
    let due = due(&db).await;
    assert_eq!(said(&api, &due, pairs), due, "everybody was told everything, once:\n{}", log());
    assert!(api.violations().is_empty(), "{:?}", api.violations());
    one.is_ready().await;
    two.is_ready().await;
    assert!(log().contains("waiting for the database"), "nobody met it:\n{}", log());
    db.close().await.unwrap();
}
