//! `kill -9` at any moment of a clearing: while it is read and computed, and while it is carried out.

use std::collections::BTreeMap;
use std::time::Duration;

use bot_api::BotApi;
use exodus::domain::{MemberId, Month, State};
use exodus::store;
use exodus_engine::conversation::Clock;
use exodus_engine::host::SystemClock;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Statement, Value};

use crate::database;
use crate::program::{Program, TOKEN};

const MEMBERS: i64 = 300;

/// Members who owe each other and allow clearing, of which they were told, and which is due.
async fn settle(db: &DatabaseConnection) {
    const COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    let now = SystemClock.now();
    let month = Month::of(now, &Zone::UTC).number();
    let people = format!("INSERT INTO person (id, lang, created_at) {COUNT} SELECT i, 'en', $2 FROM n");
    run(db, &people, [MEMBERS.into(), now.into()]).await;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await;
    run(db, "INSERT INTO clearing_consent (member_id, since) SELECT id, created_at FROM member", []).await;
    let collections = "INSERT INTO collection (id, owner_id, kind, target, opened_at)
                       SELECT id, id, 'monthly', 100000000, created_at FROM member";
    run(db, collections, []).await;
    for step in 1..=4_i64 {
        let promises = format!(
            "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, promised_at,
                                     told_of_clearing)
             {COUNT} SELECT i, (i * 7 + $2) % $1 + 1, i, 500 + (i * 31 + $2) % 97, 'obligation', $3, $4, $4, $3
             FROM n WHERE (i * 7 + $2) % $1 + 1 <> i"
        );
        run(db, &promises, [MEMBERS.into(), (step * 41).into(), month.into(), now.into()]).await;
    }
    let due = "INSERT INTO schedule (name, about, due_at, created_at, progress) VALUES ('clearing', $1, $2, $2, '')";
    run(db, due, [i64::from(month).into(), now.into()]).await;
}

async fn run<const N: usize>(db: &DatabaseConnection, sql: &str, values: [Value; N]) {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
}

/// How much each member owes, less what they are owed.
async fn balances(db: &DatabaseConnection) -> BTreeMap<MemberId, i64> {
    let mut balances = BTreeMap::new();
    for row in store::commitment::Entity::find().all(db).await.unwrap() {
        if row.state == State::Obligation.as_str() {
            *balances.entry(row.supporter_id).or_default() += row.sum;
            *balances.entry(row.receiver_id).or_default() -= row.sum;
        }
    }
    balances.retain(|_, sum| *sum != 0);
    balances
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_a_clearing_is_done_whole_or_begun_anew() {
    database::on_each(async |db, url| {
        settle(&db).await;
        let before = balances(&db).await;
        let api = BotApi::start(TOKEN).await;
        let (mut undecided, mut halfway) = (0, 0);
        for attempt in 0..200_u64 {
            let mut program = Program::start(&url, api.url(), None);
            // What a start takes, and then a little later each time.
            tokio::time::sleep(Duration::from_millis(30 + attempt * 9)).await;
            program.kill();
            let newest = store::clearing::newest(&db, store::clearing::Kind::Month).await.unwrap();
            match newest.map(|clearing| clearing.state) {
                None => undecided += 1,
                Some(state) if state == "decided" => halfway += 1,
                Some(_) => break,
            }
        }
        assert!(undecided > 0 && halfway > 0, "killed {undecided} times before the decision, {halfway} times after it");
        let clearing = store::clearing::newest(&db, store::clearing::Kind::Month).await.unwrap().expect("it was done");
        assert_eq!(clearing.state, "done");
        assert_eq!(balances(&db).await, before, "nobody's balance has changed");
        let rows = store::commitment::Entity::find().all(&db).await.unwrap();
        let fulfilled: i64 = rows.iter().filter(|row| row.clearing_id == Some(clearing.id)).map(|row| row.sum).sum();
        assert_eq!(fulfilled, clearing.set_off_sum);
        let lines = store::set_off::Entity::find().all(&db).await.unwrap();
        let lines = lines.iter().filter(|line| line.clearing_id == clearing.id);
        assert!(lines.clone().all(|line| line.done_at.is_some()));
        let journal = store::journal::Entity::find().all(&db).await.unwrap();
        let noted = journal.iter().filter(|row| row.what == "set_off").count();
        assert_eq!(noted, lines.count(), "each line once");
        assert!(api.violations().is_empty(), "{:?}", api.violations());
    })
    .await;
}
