//! What can't be done: it is told, passed over, and holds back what must not be done before it, and nothing else.

use std::time::Duration;

use exodus::aid::perform;
use exodus::domain::Deed;
use exodus::domain::State::*;
use sea_orm::{ConnectionTrait, DbBackend};
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::support::database::on_each;

/// From now on the database refuses that this becomes true of a commitment; or lets it be again.
async fn refuses(place: &Place, what: &str, refused: bool) {
    let sql = match refused {
        true => format!("ALTER TABLE commitment ADD COLUMN may TEXT DEFAULT 'no' CHECK (NOT ({what}) OR may = 'yes')"),
        false => "UPDATE commitment SET may = 'yes'".to_owned(),
    };
    place.db.execute_unprepared(&sql).await.unwrap();
}

/// What the end of November comes to.
const ENDS: &str = "state = 'lapsed' OR month > 202611";

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
        refuses(&place, ENDS, true).await;

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

        refuses(&place, ENDS, false).await;
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
async fn a_commitment_that_can_not_be_closed_holds_nobody_else_up() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let (clara, dora) = (place.member("Clara").await, place.member("Dora").await);
        let collection = place.monthly(anna).await;
        let refused = place.help(boris, &collection, 80, Intention).await;
        let lapses = place.help(clara, &collection, 60, Intention).await;
        let owed = place.help(dora, &collection, 50, Obligation).await;
        let eva = place.member("Eva").await;
        let emergency = place.emergency(eva, 20).await;
        let urgent = place.help(dora, &emergency, 70, Obligation).await;
        place.ensure().await;
        refuses(&place, &format!("id = {} AND state = 'lapsed'", refused.id), true).await;

        let pass = place.pass_at("2026-12-01T05:00:00Z").await;
        assert!(!pass.broken, "{pass:?}");
        assert_eq!(place.state(refused.id).await, (Intention, 202_611));
        assert_eq!(place.state(lapses.id).await, (Lapsed, 202_611));
        assert_eq!(place.state(owed.id).await, (Overdue, 202_611));
        // It was brought over before its emergency ended.
        assert_eq!(place.state(urgent.id).await, (Obligation, 202_612));
        let told = place.told_by_kind().await;
        assert_eq!((told["notice-month"], told["notice-overdue"]), (2, 1), "Clara and Anna; Dora: {told:?}");

        // Nobody acts on the month that has ended.
        let promised = place.within(async |aid| perform(aid, boris, refused.id, Deed::Promise).await.is_err()).await;
        assert!(promised);
        assert_eq!(place.state(refused.id).await, (Intention, 202_611));

        // As soon as the database lets it be, it is made up for.
        refuses(&place, "", false).await;
        place.pass_at("2027-01-01T05:00:00Z").await;
        assert_eq!(place.state(refused.id).await.0, Lapsed);
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
