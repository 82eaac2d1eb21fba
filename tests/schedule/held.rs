//! What can't be done: it is told, passed over, and holds back what must not be done before it, and nothing else.

use std::time::Duration;

use exodus::domain::State::*;
use sea_orm::{ConnectionTrait, DbBackend};
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::support::database::on_each;

/// From now on the database refuses that anything lapses; or lets it be again.
async fn nothing_lapses(place: &Place, refused: bool) {
    let sql = match refused {
        true => "ALTER TABLE commitment ADD COLUMN may TEXT DEFAULT 'no' CHECK (state <> 'lapsed' OR may = 'yes')",
        false => "UPDATE commitment SET may = 'yes'",
    };
    place.db.execute_unprepared(sql).await.unwrap();
}

#[tokio::test]
async fn a_month_that_can_not_be_closed_holds_back_what_would_come_out_otherwise() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let clara = place.member("Clara").await;
        let intention = place.help(boris, &place.monthly(anna).await, 80, Intention).await;
        // Its last day is that of the month.
        let emergency = place.emergency(clara, 20).await;
        let owed = place.help(boris, &emergency, 70, Obligation).await;
        place.ensure().await;
        nothing_lapses(&place, true).await;

        // The bot starts all the same, and does what has nothing to do with it.
        place.set("2026-12-03T00:00:00Z");
        place.scheduler().catch_up(&CancellationToken::new()).await.unwrap();
        let pass = place.pass().await;
        assert!(pass.broken && pass.steps == 0, "{pass:?}");
        assert_eq!(place.state(owed.id).await, (Obligation, 202_611));
        assert!(
            place.journal().await.iter().all(|(what, _)| what != "collection_ended"),
            "{:?}",
            place.journal().await
        );
        let nights = place.planned("clean-up").await;
        assert!(nights.iter().any(|(.., done)| *done), "{nights:?}");

        nothing_lapses(&place, false).await;
        assert!(!place.pass().await.broken);
        assert_eq!(place.state(intention.id).await, (Lapsed, 202_611));
        // The emergency was open when its month ended: there is time until the next month's end.
        assert_eq!(place.state(owed.id).await, (Obligation, 202_612));
        let order: Vec<String> = place.journal().await.into_iter().map(|(what, _)| what).collect();
        let at =
            |what: &str| order.iter().position(|one| one == what).unwrap_or_else(|| panic!("no {what}: {order:?}"));
        assert!(at("lapsed") < at("collection_ended"), "{order:?}");
    })
    .await;
}

#[tokio::test]
async fn an_emergency_that_can_not_be_ended_holds_nobody_else_up() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let clara = place.member("Clara").await;
        let intention = place.help(boris, &place.monthly(anna).await, 80, Intention).await;
        place.emergency(clara, 5).await;
        place.ensure().await;
        let refused = "ALTER TABLE collection ADD COLUMN kept TEXT CHECK (ending IS NULL OR ending <> 'expired')";
        place.db.execute_unprepared(refused).await.unwrap();
        assert!(place.pass_at("2026-12-01T00:00:00Z").await.broken);
        assert_eq!(place.state(intention.id).await, (Lapsed, 202_611));
    })
    .await;
}

/// Somebody is always faster, or so the database says.
#[tokio::test]
async fn what_always_races_is_told_and_passed_over() {
    on_each(async |db, _| {
        if db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        place.help(boris, &place.monthly(anna).await, 80, Intention).await;
        place.ensure().await;
        for sql in [
            "CREATE FUNCTION raced() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'somebody was faster' USING ERRCODE = '40001'; END $$",
            "CREATE TRIGGER raced BEFORE UPDATE ON commitment FOR EACH ROW EXECUTE FUNCTION raced()",
        ] {
            place.db.execute_unprepared(sql).await.unwrap();
        }
        place.set("2026-12-02T05:00:00Z");
        let (stop, scheduler) = (CancellationToken::new(), place.scheduler());
        tokio::time::timeout(Duration::from_secs(60), scheduler.catch_up(&stop)).await.expect("it ends").unwrap();
        assert!(scheduler.pass(&stop).await.unwrap().broken);
        assert!(place.planned("clean-up").await.iter().any(|(.., done)| *done), "all else is done");
    })
    .await;
}
