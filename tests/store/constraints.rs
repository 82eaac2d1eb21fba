//! Each invariant is refused by the database itself, also to SQL that goes round the store.

use exodus::domain::{PaymentDetail, PaymentName, PaymentValue, State};
use exodus::store::{self, Trouble, invite, is_unique_violation, journal, payment_detail};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::community::{emergency, help, member, monthly, noon};
use crate::support::database::{on_each, on_postgres};

#[tokio::test]
async fn what_may_exist_once_is_refused_a_second_time() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let fund = monthly(&db, anna).await;
        let twice = |error: DbErr| assert!(is_unique_violation(&error), "{error}");

        twice(store::account::insert(&db, boris, "terminal", "Anna", noon(1)).await.unwrap_err());
        let opening = exodus::domain::Opening { kind: fund.kind, target: fund.target, ends_on: None };
        twice(store::collection::insert(&db, anna, opening, noon(1)).await.unwrap_err());

        let obligation = help(&db, boris, &fund, 100, State::Obligation).await;
        let again = store::commitment::New {
            collection: fund.id,
            supporter: boris,
            receiver: anna,
            sum: obligation.sum,
            state: State::Intention,
            month: obligation.month,
        };
        twice(store::commitment::insert(&db, again, noon(1)).await.unwrap_err());

        let (name, value) = (PaymentName::read("Card").unwrap(), PaymentValue::read("1234").unwrap());
        let first = payment_detail::insert(&db, anna, &name, &value, true).await.unwrap();
        twice(payment_detail::insert(&db, anna, &name, &value, true).await.unwrap_err());
        let other = payment_detail::insert(&db, anna, &name, &value, false).await.unwrap();
        payment_detail::insert(&db, boris, &name, &value, true).await.unwrap();
        payment_detail::set_default(&db, anna, other).await.unwrap();
        let order =
            |details: Vec<PaymentDetail>| details.iter().map(|one| (one.id, one.is_default)).collect::<Vec<_>>();
        assert_eq!(order(payment_detail::of(&db, anna).await.unwrap()), [(other, true), (first, false)]);

        let first = invite::insert(&db, "token", anna, anna, noon(1)).await.unwrap();
        twice(invite::insert(&db, "another", anna, anna, noon(1)).await.unwrap_err());
        twice(invite::insert(&db, "token", boris, anna, noon(1)).await.unwrap_err());
        assert!(invite::revoke(&db, first.id, noon(2)).await.unwrap());
        assert!(!invite::revoke(&db, first.id, noon(2)).await.unwrap());
        invite::insert(&db, "another", anna, anna, noon(1)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_true_is_refused() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let (fund, sos) = (monthly(&db, anna).await, emergency(&db, anna).await);
        let commitment = help(&db, boris, &fund, 100, State::Intention).await.id;
        let (fund, sos) = (fund.id, sos.id);
        for sql in [
            format!("UPDATE collection SET target = 0 WHERE id = {fund}"),
            format!("UPDATE collection SET kind = 'weekly' WHERE id = {fund}"),
            format!("UPDATE collection SET ends_on = '2026-11-20' WHERE id = {fund}"),
            format!("UPDATE collection SET ends_on = NULL WHERE id = {sos}"),
            format!("UPDATE collection SET ending = 'ended' WHERE id = {sos}"),
            format!("UPDATE collection SET ended_at = opened_at WHERE id = {sos}"),
            format!("UPDATE collection SET ended_at = opened_at, ending = 'lost' WHERE id = {sos}"),
            format!("UPDATE collection SET owner_id = 999 WHERE id = {sos}"),
            format!("UPDATE commitment SET sum = 0 WHERE id = {commitment}"),
            format!("UPDATE commitment SET sum = -1 WHERE id = {commitment}"),
            format!("UPDATE commitment SET state = 'forgotten' WHERE id = {commitment}"),
            format!("UPDATE commitment SET supporter_id = {anna} WHERE id = {commitment}"),
            format!("UPDATE commitment SET supporter_id = 999 WHERE id = {commitment}"),
            format!("UPDATE commitment SET collection_id = 999 WHERE id = {commitment}"),
            format!("DELETE FROM collection WHERE id = {fund}"),
            format!("DELETE FROM member WHERE id = {anna}"),
            format!("UPDATE account SET person_id = 999 WHERE person_id = {anna}"),
            format!("DELETE FROM person WHERE id = {anna}"),
            "INSERT INTO member (id, name, created_at) VALUES (999, 'Nobody', '2026-11-01 12:00:00+00:00')".to_owned(),
        ] {
            let refused = db.execute_unprepared(&sql).await;
            assert!(refused.is_err(), "{sql}");
            assert_eq!(Trouble::of(&refused.unwrap_err()), Trouble::Broken, "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_invite_stands_until_it_is_revoked() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let link = invite::insert(&db, "token", anna, anna, noon(1)).await.unwrap();
        assert_eq!(invite::find_by_token(&db, "token", None, noon(1)).await.unwrap(), Some(link.clone()));
        assert_eq!(invite::live_between(&db, anna, anna).await.unwrap(), Some(link.clone()));
        invite::revoke(&db, link.id, noon(4)).await.unwrap();
        assert_eq!(invite::find_by_token(&db, "token", Some(anna), noon(4)).await.unwrap(), None);
        assert_eq!(invite::live_between(&db, anna, anna).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_journal_tells_a_commitments_story_in_order() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let help = help(&db, boris, &monthly(&db, anna).await, 100, State::Intention).await;
        let row = |what: &str, actor, commitment| journal::New {
            actor,
            what: what.into(),
            collection: Some(help.collection),
            commitment,
            facts: "{}".into(),
        };
        let rows = [row("declared", Some(boris), Some(help.id)), row("target_changed", Some(anna), None)];
        journal::append(&db, rows, noon(1)).await.unwrap();
        journal::append(&db, [row("lapsed", None, Some(help.id))], noon(2)).await.unwrap();
        journal::append(&db, [], noon(2)).await.unwrap();
        let story = journal::of_commitment(&db, help.id).await.unwrap();
        let told: Vec<_> = story.iter().map(|row| (row.what.as_str(), row.actor_id, row.at)).collect();
        assert_eq!(told, [("declared", Some(boris), noon(1)), ("lapsed", None, noon(2))]);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    on_each(async |db, _| {
        let tx = store::begin(&db).await.unwrap();
        let gone = store::member::insert(&tx, "Anna", "en", noon(1)).await.unwrap();
        drop(tx);
        assert_eq!(store::member::find(&db, gone.id).await.unwrap(), None);
        let tx = store::begin(&db).await.unwrap();
        let kept = store::member::insert(&tx, "Anna", "en", noon(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store::member::find(&db, kept.id).await.unwrap(), Some(kept));
    })
    .await;
}

#[tokio::test]
async fn what_a_database_refuses_is_told_from_one_that_does_not_answer() {
    on_each(async |db, url| {
        let backend = db.get_database_backend();
        if backend == DbBackend::Postgres {
            let nul = Statement::from_sql_and_values(backend, "SELECT 1 WHERE 'a' = $1", ["\0".into()]);
            let error = db.query_one_raw(nul).await.unwrap_err();
            assert_eq!(Trouble::of(&error), Trouble::Broken, "{error}");
        }
        for sql in [
            "SELECT nothing FROM nowhere",
            "SELECT nothing FROM member",
            "SELEC",
            "INSERT INTO lease (name) VALUES (NULL)",
        ] {
            let error = db.execute_unprepared(sql).await.unwrap_err();
            assert_eq!(Trouble::of(&error), Trouble::Broken, "{error}");
        }
        let closed = store::connect(&url).await.unwrap();
        closed.clone().close().await.unwrap();
        let error = closed.execute_unprepared("SELECT 1").await.unwrap_err();
        assert_eq!(Trouble::of(&error), Trouble::Away, "{error}");
        let nowhere = url.replace("test.db", "no/folder/test.db").replace("exodus_test", "no_such_database");
        let error = store::connect(&nowhere).await.unwrap_err();
        assert_eq!(Trouble::of(&error), Trouble::Away, "{error}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_in_each_others_way_have_raced() {
    on_each(async |db, url| {
        if db.get_database_backend() == DbBackend::Sqlite {
            return;
        }
        let other = store::connect(&url).await.unwrap();
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let (one, two) = (store::begin(&db).await.unwrap(), store::begin(&other).await.unwrap());
        store::person::set_lang(&one, [anna], "ru").await.unwrap();
        store::person::set_lang(&two, [boris], "ru").await.unwrap();
        let (first, second) =
            tokio::join!(store::person::set_lang(&one, [boris], "en"), store::person::set_lang(&two, [anna], "en"));
        let errors: Vec<_> = [first, second].into_iter().filter_map(Result::err).collect();
        assert_eq!(errors.iter().map(Trouble::of).collect::<Vec<_>>(), [Trouble::Raced], "{errors:?}");
        drop((one, two));
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_machine_that_vanishes_in_a_transaction_does_not_hold_others_up_for_long() {
    on_each(async |db, _| {
        let backend = db.get_database_backend();
        if backend == DbBackend::Postgres {
            let asked = Statement::from_string(backend, "SHOW idle_in_transaction_session_timeout");
            let longest: String = db.query_one_raw(asked).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            assert_eq!(longest, "30s");
        }
    })
    .await;
}

/// Whatever the operator, or a pooler between, has set for connections.
#[tokio::test]
async fn a_transaction_says_itself_what_it_sees_of_others() {
    on_postgres(&async |db, url: String| {
        let name = url.rsplit('/').next().unwrap();
        let set = format!("ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'");
        db.execute_unprepared(&set).await.unwrap();
        let fresh = store::connect(&url).await.unwrap();
        for tx in [store::begin(&fresh).await.unwrap(), store::begin_repeatable(&fresh).await.unwrap()] {
            let asked = Statement::from_string(DbBackend::Postgres, "SHOW transaction_isolation");
            let level: String = tx.query_one_raw(asked).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            assert_eq!(level, "read committed");
        }
        fresh.close().await.unwrap();
    })
    .await;
}
