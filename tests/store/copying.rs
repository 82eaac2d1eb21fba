//! All of a database copied into another: everything arrives, or nothing does.

use std::sync::atomic::{AtomicBool, Ordering};

use exodus::domain::{MemberId, State};
use exodus::store;
use exodus_engine::store::copying::{self, Copied, NotCopied, Stage};
use exodus_engine::store::{pause, person, seen_update};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, QueryOrder, Statement};

use crate::community::{emergency, help, member, monthly, noon};
use crate::support::database::{on_each, on_each_empty};

/// A new database in a file of its own.
async fn file() -> (tempfile::TempDir, DatabaseConnection) {
    let folder = tempfile::tempdir().unwrap();
    let db = store::connect(&format!("sqlite://{}", folder.path().join("new.db").display())).await.unwrap();
    store::migrate(&db).await.unwrap();
    (folder, db)
}

/// Members in every kind of need, with names that are hard to keep, and what an engine keeps beside them. Boris was written
/// to at an account of his own choice: there the tables of people and of accounts refer to each other.
async fn settle(db: &DatabaseConnection) -> Vec<MemberId> {
    let mut who = Vec::new();
    for name in ["Аня «б\\»", "O'Boris \"x\"", "z\u{301}\u{202e}", "ё\tЁ", "zz"] {
        who.push(member(db, name).await);
    }
    let (asks, needs) = (monthly(db, who[0]).await, emergency(db, who[1]).await);
    for (n, state) in [State::Intention, State::Obligation, State::Claimed, State::Fulfilled].into_iter().enumerate() {
        let sum = i64::MAX / 4 - i64::try_from(n).unwrap();
        help(db, who[2 + n / 2], if n % 2 == 0 { &asks } else { &needs }, sum, state).await;
    }
    let boris = store::account::of_person(db, who[1]).await.unwrap()[0].id;
    person::set_written_to(db, who[1], boris).await.unwrap();
    person::set_also_in(db, who[2], Some("USD")).await.unwrap();
    // Keys that a server of another language would put in another order.
    for key in ["a", "B", "Ä", "_", "~", "Я", "я", "10", "9"] {
        assert!(seen_update::note(db, "telegram", key, noon(2)).await.unwrap());
    }
    for n in 0..1_203 {
        seen_update::note(db, "matrix", &format!("${n}"), noon(3)).await.unwrap();
    }
    pause::set(db, "telegram", noon(4), noon(3)).await.unwrap();
    who
}

async fn copied(from: &DatabaseConnection, to: &DatabaseConnection) -> Result<Copied, NotCopied> {
    copying::copy(from, to, store::STEPS, noon(5), &mut |_: Stage<'_>| {}).await
}

/// Every value of a file, table by table.
async fn dump(db: &DatabaseConnection) -> Vec<String> {
    let all =
        |sql: String| async move { db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await };
    let tables = "SELECT m.name, group_concat('quote(' || p.name || ')', ' || '','' || ')
                  FROM sqlite_master m JOIN pragma_table_info(m.name) p
                  WHERE m.type = 'table' AND m.name NOT LIKE '%migration%' GROUP BY m.name";
    let mut rows = Vec::new();
    for table in all(tables.to_owned()).await.unwrap() {
        let (name, columns): (String, String) =
            (table.try_get_by_index(0).unwrap(), table.try_get_by_index(1).unwrap());
        for row in all(format!("SELECT {columns} FROM {name} ORDER BY 1")).await.unwrap() {
            rows.push(format!("{name}: {}", row.try_get_by_index::<String>(0).unwrap()));
        }
    }
    rows
}

#[tokio::test]
async fn everything_arrives_whichever_database_it_goes_through() {
    on_each(async |between, _| {
        let ((_one, from), (_other, to)) = (file().await, file().await);
        settle(&from).await;
        let there = copied(&from, &between).await.unwrap();
        let back = copied(&between, &to).await.unwrap();
        assert_eq!(there, back);
        assert!(there.rows > 1_230 && there.tables > 20, "{there:?}");
        assert_eq!(dump(&to).await, dump(&from).await);
        let nobodys = "UPDATE account SET person_id = 4711";
        assert!(between.execute_unprepared(nobodys).await.is_err(), "what the tables say of each other holds again");
    })
    .await;
}

/// The names of all members.
async fn named(db: &DatabaseConnection) -> Vec<String> {
    let rows = store::member::Entity::find().order_by_asc(store::member::Column::Id).all(db).await.unwrap();
    rows.into_iter().map(|member| member.name).collect()
}

#[tokio::test]
async fn a_number_that_was_given_is_not_given_again() {
    on_each(async |to, _| {
        let (_folder, from) = file().await;
        settle(&from).await;
        let gone = member(&from, "Gone").await;
        for of in ["account WHERE person_id", "member WHERE id", "person WHERE id"] {
            from.execute_unprepared(&format!("DELETE FROM {of} = {gone}")).await.unwrap();
        }
        copied(&from, &to).await.unwrap();
        let next = member(&to, "Next").await;
        assert!(next > gone, "{next} comes after {gone}");
    })
    .await;
}

#[tokio::test]
async fn into_a_database_in_which_there_is_something_nothing_is_copied() {
    on_each(async |to, _| {
        let (_folder, from) = file().await;
        settle(&from).await;
        member(&to, "Here").await;
        let before = named(&to).await;
        assert!(matches!(copied(&from, &to).await, Err(NotCopied::NotEmpty(table)) if table == "account"));
        assert_eq!(named(&to).await, before);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_of_what_was_not_brought_to_its_end() {
    on_each(async |to, _| {
        let (_folder, from) = file().await;
        settle(&from).await;
        let began = AtomicBool::new(false);
        let mut tell = |stage: Stage<'_>| began.store(stage.compares, Ordering::Relaxed);
        let copying = copying::copy(&from, &to, store::STEPS, noon(5), &mut tell);
        let broken_off = async {
            while !began.load(Ordering::Relaxed) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = broken_off => {}
            done = copying => panic!("{done:?}"),
        }
        assert_eq!(named(&to).await, Vec::<String>::new());
        assert!(copied(&from, &to).await.is_ok(), "it can be done anew");
    })
    .await;
}

#[tokio::test]
async fn what_arrives_otherwise_than_it_was_sent_is_found() {
    on_each(async |to, _| {
        let (_folder, from) = file().await;
        settle(&from).await;
        // Somebody's trigger that means well.
        let trims: &[&str] = match to.get_database_backend() {
            sea_orm::DbBackend::Postgres => &[
                "CREATE FUNCTION trims() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN NEW.name = replace(NEW.name, 'zz', 'z'); RETURN NEW; END $$",
                "CREATE TRIGGER trims BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION trims()",
            ],
            _ => &["CREATE TRIGGER trims AFTER INSERT ON member
                    BEGIN UPDATE member SET name = replace(name, 'zz', 'z') WHERE id = NEW.id; END"],
        };
        for sql in trims {
            to.execute_unprepared(sql).await.unwrap();
        }
        let found = copied(&from, &to).await;
        assert!(matches!(&found, Err(NotCopied::Differs { table, row: 5 }) if table == "member"), "{found:?}");
        assert_eq!(named(&to).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn of_a_database_that_is_worked_on_or_of_an_older_release_nothing_is_copied() {
    on_each_empty(async |from, _| {
        let (_folder, to) = file().await;
        assert!(matches!(copied(&from, &to).await, Err(NotCopied::Behind(_))));
        store::migrate(&from).await.unwrap();
        let until = noon(5) + chrono::TimeDelta::seconds(10);
        assert!(store::lease::take(&from, "outbox", "another process", noon(5), until).await.unwrap());
        assert!(matches!(copied(&from, &to).await, Err(NotCopied::InUse)));
        let later = copying::copy(&from, &to, store::STEPS, until, &mut |_: Stage<'_>| {}).await;
        assert!(later.is_ok(), "it has ended: {later:?}");
    })
    .await;
}
