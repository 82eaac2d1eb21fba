//! What goes wrong around the outbox.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use exodus::domain::MemberId;
use exodus::store;
use exodus_engine::conversation::{Chance, Clock, OsChance, SendError};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Makes, Post};
use crate::support::database::on_each;

#[tokio::test]
async fn a_clock_that_is_set_back_holds_nothing_up() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        desk.clock.wait(-3600);
        desk.tell(boris).await;
        let mut letters = desk.deliver().await;
        letters.sort();
        assert_eq!(letters, ["anna n1", "boris n2"]);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_lease_from_before_the_clock_was_set_back_ends() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that([Makes::Nothing]));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        let died = tokio::time::timeout(std::time::Duration::from_millis(300), desk.outbox.deliver_due()).await;
        assert!(died.is_err());
        assert_eq!(desk.post.letters(), ["anna n1"]);
        desk.clock.wait(-3600);
        assert_eq!(desk.deliver().await, ["anna n1"]);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_ends_no_pause_but_one_that_could_not_be() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = desk.member("anna").await;
        let minute = std::time::Duration::from_secs(60);
        desk.post.answers.lock().unwrap().push_back(Makes::Answer(Err(SendError::Pause(minute))));
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.clock.wait(-30);
        assert_eq!(desk.deliver().await, [""; 0]);
        desk.clock.wait(90);
        assert_eq!(desk.deliver().await, ["anna n1"]);

        // By a clock that is three hours ahead, and is put right.
        desk.clock.wait(3 * 3600);
        desk.post.answers.lock().unwrap().push_back(Makes::Answer(Err(SendError::Pause(minute))));
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n2"]);
        desk.clock.wait(-3 * 3600);
        assert_eq!(desk.deliver().await, ["anna n2"]);
    })
    .await;
}

#[tokio::test]
async fn a_pause_is_never_made_shorter_and_what_ran_into_it_keeps_its_place() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = desk.member("anna").await;
        desk.post.answers.lock().unwrap().push_back(Makes::Answer(Err(SendError::Pause(Duration::from_secs(60)))));
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        let now = desk.clock.now();
        store::pause::set(&desk.db, "post", now + TimeDelta::seconds(1), now).await.unwrap();
        desk.tell(anna).await;
        desk.clock.wait(59);
        assert_eq!(desk.deliver().await, [""; 0], "the longer pause counts");
        desk.clock.wait(1);
        assert_eq!(desk.deliver().await, ["anna n1", "anna n2"]);
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_keeps_what_was_queued_and_takes_no_half_of_anything() {
    on_each(async |db, _| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let desk = Desk::with(db, Arc::default());
        let members = desk.members(30).await;
        desk.tell_all(&members).await;
        let pages = desk.db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA page_count")).await;
        let pages: i64 = pages.unwrap().unwrap().try_get_by_index(0).unwrap();
        desk.db.execute_unprepared(&format!("PRAGMA max_page_count = {pages}")).await.unwrap();
        let row = |recipient: &MemberId| store::outbox::New {
            recipient: *recipient,
            kind: "x".repeat(2000),
            facts: "{}".to_owned(),
            about: None,
            record: None,
            priority: 1,
            by_day: false,
            due_at: desk.clock.now(),
            word: OsChance.word().unwrap(),
            number: OsChance.number(9).unwrap(),
        };
        let tx = store::begin(&desk.db).await.unwrap();
        let refused = store::outbox::push_many(&tx, members.iter().map(row), desk.clock.now()).await;
        assert!(refused.unwrap_err().to_string().contains("full"));
        drop(tx);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 30);
        // With no room to note what was sent, a letter may go out again; none is lost.
        let _ = desk.outbox.deliver_due().await;
        desk.db.execute_unprepared(&format!("PRAGMA max_page_count = {}", pages + 1000)).await.unwrap();
        desk.clock.wait(20);
        desk.outbox.deliver_due().await.unwrap();
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
        let mut told = desk.post.letters();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), 30);
    })
    .await;
}

#[tokio::test]
async fn what_went_out_while_the_database_could_not_be_told_of_it_is_not_sent_again() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::new(Post { takes: Duration::from_millis(300), ..Post::default() }));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        let stop = CancellationToken::new();
        let meanwhile = async {
            desk.post.has(1).await;
            desk.db.execute_unprepared("ALTER TABLE outbox RENAME TO away").await.unwrap();
            tokio::time::sleep(Duration::from_millis(600)).await;
            desk.db.execute_unprepared("ALTER TABLE away RENAME TO outbox").await.unwrap();
            assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 1, "it could not be noted");
            desk.clock.wait(20);
            while store::outbox::waiting(&desk.db).await.unwrap() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            stop.cancel();
        };
        tokio::join!(meanwhile, desk.outbox.run(stop.clone()));
        assert_eq!(desk.post.letters(), ["anna n1"]);
        assert!(desk.row(1).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_breaks_is_given_up_and_the_others_go_out() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        desk.tell(boris).await;
        let checked =
            format!("ALTER TABLE outbox ADD COLUMN kept TEXT CHECK (sent_at IS NULL OR recipient_id <> {anna})");
        desk.db.execute_unprepared(&checked).await.unwrap();
        let mut letters = desk.deliver().await;
        letters.sort();
        assert_eq!(letters, ["anna n1", "boris n2"]);
        assert!(desk.row(1).await.failed_at.is_some() && desk.row(2).await.sent_at.is_some());
        desk.clock.wait(60);
        assert_eq!(desk.deliver().await, [""; 0], "it is done with");
    })
    .await;
}
