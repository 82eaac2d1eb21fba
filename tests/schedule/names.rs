//! What a member is called stands in one place. Notices are made of it when they are sent, however long they have waited.

use std::sync::Arc;

use exodus::aid;
use exodus::domain::State::{Claimed, Intention, Obligation};
use exodus::domain::{Category, Deed, MemberId, Mode, Money};
use exodus::screens::{Exodus, Reading, Settings};
use exodus::store;
use exodus_engine::conversation::{Bot, Clock, Kept, Moment, OsChance, Page};
use exodus_engine::locale::{Format, Locales};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement};

use crate::place::Place;
use crate::support::database::on_each;

/// Who they are, as nothing else is called; and their names later on.
const CALLED: [(&str, &str); 4] =
    [("Aurelia", "Agafya"), ("Balthasar", "Bartholomew"), ("Cassandra", "Klementina"), ("Desdemona", "Dorothea")];

/// A member whose address says nothing of their name.
async fn member(place: &Place, (number, (name, _)): (usize, &(&str, &str))) -> MemberId {
    let id = place.member(&format!("address {number}")).await;
    store::member::set_name(&place.db, id, name).await.unwrap();
    id
}

/// The names of all tables.
async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let all = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        _ => "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), all)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

/// All text that is kept in a table.
async fn texts(db: &DatabaseConnection, table: &str) -> Vec<String> {
    let all = format!("SELECT * FROM {table}");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), all)).await.unwrap();
    let texts = rows.iter().flat_map(|row| {
        let columns = row.column_names();
        columns.into_iter().filter_map(|column| row.try_get::<Option<String>>("", &column).ok().flatten())
    });
    texts.collect()
}

/// The tables that hold one of these names.
async fn tables_with(db: &DatabaseConnection, names: [&str; 4]) -> Vec<String> {
    let mut found = Vec::new();
    for table in tables(db).await {
        let texts = texts(db, &table).await;
        if names.iter().any(|name| texts.iter().any(|text| text.contains(name))) {
            found.push(table);
        }
    }
    found
}

/// These notices as pages, as they are made when they are sent.
async fn made(place: &Place, kept: &[Kept]) -> Vec<Option<Page>> {
    let locales = locales();
    let exodus = Exodus::new(Settings {
        rules: place.rules(),
        ways_in: Vec::new().into(),
        support_contact: None,
        locales: locales.clone(),
        reading: Reading::of(&locales),
    });
    let tx = store::begin(&place.db).await.unwrap();
    let at = Moment { tx: &tx, now: place.clock.now(), chance: &OsChance };
    let pages = exodus.notices(&at, kept).await.unwrap();
    tx.commit().await.unwrap();
    pages
}

fn locales() -> Arc<Locales> {
    Arc::new(exodus::texts::locales(Format { currency: "EUR".to_owned() }).unwrap())
}

/// What a notice says in English, with its choices and whom it is about.
fn english(locales: &Locales, page: &Page) -> String {
    let body = page.body.iter().flatten();
    let labels = page.rows.iter().flatten().map(|choice| choice.label());
    let lines = body.chain(labels).map(|line| locales.plain("en", line));
    lines.chain(page.about.clone()).collect::<Vec<_>>().join("\n")
}

/// A month full of notices of all sorts: at once, gathered for the daily message, and of the calendar.
async fn a_month(place: &Place, [anna, boris, clara, dan]: [MemberId; 4]) {
    place.ensure().await;
    let asks = place.monthly(anna).await;
    let theirs = place.monthly(clara).await;
    let intended = place.help(boris, &asks, 1_000, Intention).await;
    place.help(clara, &asks, 2_000, Intention).await;
    place.help(dan, &theirs, 3_000, Obligation).await;
    place.help(anna, &theirs, 4_000, Claimed).await;
    store::notification::choose(&place.db, clara, Category::Supported, Mode::Digest).await.unwrap();
    let helps =
        async |who, deed| place.within(async |aid| aid::perform(aid, who, intended.id, deed).await.unwrap()).await;
    helps(boris, Deed::Change(Money::from_minor(1_500))).await;
    helps(boris, Deed::Promise).await;
    helps(boris, Deed::Claim).await;
    helps(anna, Deed::Confirm).await;
    place.within(async |aid| aid::invite(aid, clara, anna).await.unwrap()).await;
    place.emergency(anna, 20).await;
}

#[tokio::test]
async fn a_name_is_kept_in_one_place_and_notices_say_the_one_of_the_moment_they_are_sent() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let mut members = Vec::new();
        for one in CALLED.iter().enumerate() {
            members.push(member(&place, one).await);
        }
        a_month(&place, members.clone().try_into().unwrap()).await;
        assert!(!store::digest_item::Entity::find().all(&place.db).await.unwrap().is_empty(), "something is gathered");
        assert_eq!(tables_with(&place.db, CALLED.map(|(name, _)| name)).await, ["member"]);
        for day in ["11-11", "11-25", "11-27", "11-28", "11-29", "11-30", "12-01"] {
            place.pass_at(&format!("2026-{day}T19:00:00Z")).await;
        }
        assert_eq!(tables_with(&place.db, CALLED.map(|(name, _)| name)).await, ["member"]);

        for (id, (_, later)) in members.into_iter().zip(CALLED) {
            store::member::set_name(&place.db, id, later).await.unwrap();
        }
        let rows = store::outbox::Entity::find().all(&place.db).await.unwrap();
        let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
        for kind in ["notice-confirmed", "notice-daily", "notice-settle", "notice-remind-monthly", "notice-overdue"] {
            assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
        }
        let kept: Vec<Kept> = rows.into_iter().map(Kept::from).collect();
        let locales = locales();
        let told: Vec<String> =
            made(&place, &kept).await.iter().map(|page| english(&locales, page.as_ref().unwrap())).collect();
        for (before, later) in CALLED {
            assert!(told.iter().all(|told| !told.contains(before)), "{before} is in {told:#?}");
            assert!(told.iter().any(|told| told.contains(later)), "{later} is not in {told:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_is_no_more_has_no_name_and_is_called_a_former_member() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let boris = place.member("Boris").await;
        let kept = |member: MemberId| Kept {
            to: boris,
            kind: "notice-withdrawn".to_owned(),
            facts: format!(r#"{{"name":{{"member":{member}}},"sum":{{"sum":500}}}}"#),
            about: None,
        };
        let pages = made(&place, &[kept(boris), kept(MemberId::new(boris.number() + 1))]).await;
        let locales = locales();
        let told: Vec<String> = pages.iter().flatten().map(|page| english(&locales, page)).collect();
        assert_eq!(
            told,
            [
                "✖️ Boris has withdrawn the intention to help you with €5.\nBoris",
                "✖️ Former member has withdrawn the intention to help you with €5."
            ]
        );
    })
    .await;
}
