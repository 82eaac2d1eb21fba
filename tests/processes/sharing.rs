//! Two processes on one PostgreSQL.

use std::collections::BTreeMap;
use std::time::Duration;

use bot_api::BotApi;
use bot_api::driver::{self, Load, Script};
use exodus::store;
use sea_orm::{DatabaseConnection, DbBackend, EntityTrait};

use crate::database::on_each;
use crate::front::Front;
use crate::program::{Program, TOKEN, free_address};

/// The same members as in the benchmark: one asks, one helps, both look at what became of it.
pub const CYCLE: &str = include_str!("cycle.txt");

/// What one cycle leaves in the journal, of each kind so many.
const DEEDS: [(&str, usize); 6] =
    [("declared", 1), ("asked_to_promise", 1), ("promised", 1), ("claimed", 2), ("not_received", 1), ("confirmed", 1)];

fn is_sqlite(db: &DatabaseConnection) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}

/// Nothing waits to be sent.
pub async fn everybody_is_told(db: &DatabaseConnection) {
    let told = async {
        while store::outbox::waiting(db).await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), told).await.expect("everybody is told everything");
}

/// The journal has what so many cycles of help leave in it, and nothing more.
pub async fn each_deed_was_done_once(db: &DatabaseConnection, cycles: usize) {
    let mut deeds: BTreeMap<_, BTreeMap<String, usize>> = BTreeMap::new();
    for noted in store::journal::Entity::find().all(db).await.unwrap() {
        if let Some(commitment) = noted.commitment_id {
            *deeds.entry(commitment).or_default().entry(noted.what).or_default() += 1;
        }
    }
    assert_eq!(deeds.len(), cycles, "{deeds:?}");
    let expected: BTreeMap<String, usize> = DEEDS.map(|(what, times)| (what.to_owned(), times)).into();
    for (commitment, done) in deeds {
        assert_eq!(done, expected, "each deed of {commitment} was done once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_the_work_and_one_goes_on_when_the_other_is_killed() {
    on_each(async |db, url| {
        if is_sqlite(&db) {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let (first, second) = (free_address(), free_address());
        let front = Front::before(vec![first, second]).await;
        let outside = format!("{}/telegram", front.url());
        let mut one = Program::start(&url, api.url(), Some((&outside, first)));
        let two = Program::start(&url, api.url(), Some((&outside, second)));
        assert!(one.is_ready().await.contains("telegram: listening"));
        assert!(two.is_ready().await.contains("telegram: listening"));

        let groups = 12;
        let load = Load {
            members: 2 * groups,
            time: Some(Duration::from_secs(120)),
            rounds: Some(1),
            warm_up: Duration::ZERO,
            // Longer than a lease: what the one had in hand is sent by the other when that has run out.
            patience: Duration::from_secs(45),
        };
        let lives = driver::run(&api, Script::parse(CYCLE).unwrap(), &load);
        let dies = async {
            while store::journal::Entity::find().all(&db).await.unwrap().len() < 4 * groups {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let (_, figures) = one.asked("/metrics").await.unwrap();
            one.kill();
            figures
        };
        let (report, figures) = tokio::join!(lives, dies);
        assert_eq!(report.timeouts, 0, "{:?} {:?}\n{}", report.stuck, report.stuck_example, two.log());
        everybody_is_told(&db).await;
        let worked = |figures: &str| figures.lines().any(|line| line.starts_with("exodus_turns_total{"));
        assert!(worked(&figures) && worked(&two.asked("/metrics").await.unwrap().1), "both have worked");

        each_deed_was_done_once(&db, groups).await;
        let sent = store::outbox::Entity::find().all(&db).await.unwrap();
        assert!(sent.iter().all(|row| row.sent_at.is_some()));
        let again = sent.iter().filter(|row| row.attempts > 1).count();
        assert!(again <= 16, "{again} were sent again: no more than the one that died had in hand");
        assert!(api.violations().is_empty(), "{:?}", api.violations());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_asks_telegram_and_the_next_goes_on_when_it_dies() {
    on_each(async |db, url| {
        if is_sqlite(&db) {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let anna = api.user(101).named("Анна").lang("ru");
        let mut one = Program::start(&url, api.url(), None);
        one.says("telegram: listening").await;
        let mut two = Program::start(&url, api.url(), None);
        two.says("telegram: another process listens").await;
        anna.start(None);
        anna.sees("выберите язык").await;
        // What the one has shown and not yet confirmed would be shown once more.
        api.settled().await;

        one.kill();
        anna.presses("Русский");
        anna.sees("Ваш статус").await;
        api.settled().await;
        two.says("telegram: listening").await;

        let three = Program::start(&url, api.url(), None);
        three.says("telegram: another process listens").await;
        two.stop().await;
        anna.presses("Профиль");
        anna.sees("Мой профиль").await;
        // A request that its process no longer waits for may still be ended by the next one; nobody hears of it.
        for log in [one.log(), two.log(), three.log()] {
            assert!(!log.contains("somebody else takes our updates"), "{log}");
        }
    })
    .await;
}
