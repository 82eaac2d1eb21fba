//! A pool of hundreds.

use exodus::domain::Phase;
use exodus::store;
use exodus_engine::conversation::Clock;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::Circle;
use crate::place::Place;
use crate::support::database::on_each;

/// Puts so many more into a pool, straight into the tables.
async fn crowd(circle: &Circle, count: i64, contribution: i64) {
    let db = &circle.place.db;
    let now = circle.place.clock.now();
    let many = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    let run = async |sql: String, values: Vec<sea_orm::Value>| {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    };
    let people = format!("INSERT INTO person (id, lang, created_at) {many} SELECT 1000 + i, 'en', $2 FROM n");
    run(people, vec![count.into(), now.into()]).await;
    let members = "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person WHERE id > 1000";
    run(members.to_owned(), vec![]).await;
    let joined = "INSERT INTO pool_member (pool_id, member_id, contribution, joined_at)
                  SELECT CAST($1 AS BIGINT), id, CAST($2 AS BIGINT), created_at FROM member WHERE id > 1000";
    run(joined.to_owned(), vec![circle.pool.into(), contribution.into()]).await;
}

#[tokio::test]
async fn a_large_pool_is_told_asked_and_settled_in_steps_and_comes_to_the_same() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300]).await;
        let place = &circle.place;
        crowd(&circle, 700, 300).await;
        place.ensure().await;
        // 701 others, who share 1,000: 299 have two cents, and 402 one.
        let case = circle.case(0, 1_000).await.unwrap();
        assert_eq!(place.told_by_kind().await.get("notice-case"), None);
        place.pass().await;
        assert_eq!(place.told_by_kind().await["notice-case"], 701);
        circle.leaves(1).await;
        place.pass_at("2026-11-10T12:09:00Z").await;
        assert_eq!(place.told_by_kind().await.get("notice-case-share"), None, "others may leave as well");
        place.pass_at("2026-11-10T12:10:00Z").await;
        let told = place.told_by_kind().await;
        assert!(told["notice-case-share"] <= 2, "who has to give the two cents: {told:?}");
        // All but 300 answer.
        let answer = "UPDATE pool_share SET answer = 'confirmed' WHERE answer = 'none' AND member_id > 1300";
        place.db.execute_unprepared(answer).await.unwrap();
        place.pass_at("2026-11-11T12:00:00Z").await;
        assert_eq!(place.told_by_kind().await["notice-case-again"], 300);
        place.pass_at("2026-11-12T12:00:00Z").await;
        let told = place.told_by_kind().await;
        assert_eq!((told["notice-pool-left"], told["notice-case-promised"]), (300, 400));
        assert_eq!(circle.phase(case).await, (Phase::Settled, None));
        let owed: Vec<i64> =
            store::commitment::Entity::find().all(&place.db).await.unwrap().iter().map(|row| row.sum).collect();
        assert_eq!((owed.len(), owed.iter().sum::<i64>()), (400, 1_000));
        assert!(owed.iter().all(|sum| [2, 3].contains(sum)));
        assert_eq!(store::pool::seen::count(&place.db, circle.pool).await.unwrap(), 401);
    })
    .await;
}
