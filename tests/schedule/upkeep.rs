//! What has no further use is thrown away, and nothing else.

use chrono::TimeDelta;
use exodus::domain::{Category, MemberId, Mode, PaymentName, PaymentValue, State};
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus::store::schedule::PassedOver;
use exodus_engine::conversation::Clock;
use exodus_engine::id::Id;
use sea_orm::{ActiveModelTrait, EntityTrait, PaginatorTrait, Set};

use crate::place::Place;
use crate::support::database::on_each;

#[tokio::test]
async fn every_night_what_is_over_is_thrown_away() {
    on_each(async |db, _| {
        let place = Place::new(db);
        place.member("Anna").await;
        place.ensure().await;
        let now = place.clock.now();
        let days_ago = |days: i64| now - TimeDelta::days(days);

        for (key, days) in [("old", 8), ("new", 6)] {
            assert!(store::seen_update::note(&place.db, "terminal", key, days_ago(days)).await.unwrap());
        }
        for (address, days) in [("Anna", 300), ("a stranger", 31), ("a newcomer", 29)] {
            session(&place, address, days_ago(days)).await;
        }
        for (number, (about, days, sent)) in [
            (None, 91, true),
            (None, 89, true),
            (Some(1), 399, true),
            (Some(1), 401, true),
            (None, 91, false),
            (None, 500, true),
        ]
        .into_iter()
        .enumerate()
        {
            letter(&place, number, about, days_ago(days), sent).await;
        }
        letter(&place, 9, None, days_ago(500), false).await;
        let waiting =
            store::outbox::ActiveModel { id: Set(NoticeId::new(10)), failed_at: Set(None), ..Default::default() };
        waiting.update(&place.db).await.unwrap();

        for days in [8, 6] {
            let sent = store::schedule::New { name: "daily-message", about: days, due_at: days_ago(days) };
            store::schedule::plan(&place.db, [sent], now).await.unwrap();
            let all = PassedOver::default();
            let row = store::schedule::first_due(&place.db, &["daily-message"], &all, now);
            let row = row.await.unwrap().unwrap().id;
            assert!(store::schedule::done(&place.db, row, days_ago(days)).await.unwrap());
        }

        place.pass_at("2026-11-11T04:00:00Z").await;
        let left = |kind: &str| kind.to_owned();
        assert!(!store::seen_update::note(&place.db, "terminal", "new", now).await.unwrap(), "still known");
        assert!(store::seen_update::note(&place.db, "terminal", "old", now).await.unwrap(), "forgotten");
        let mut chats: Vec<String> =
            store::session::Entity::find().all(&place.db).await.unwrap().into_iter().map(|chat| chat.address).collect();
        chats.sort();
        assert_eq!(chats, [left("Anna"), left("a newcomer")]);
        let mut letters: Vec<i64> = store::outbox::Entity::find()
            .all(&place.db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.id.number())
            .collect();
        letters.sort_unstable();
        assert_eq!(letters, [2, 3, 10], "recent ones, one that can still be answered, one that waits");
        assert_eq!(place.planned("daily-message").await.iter().map(|(days, ..)| *days).collect::<Vec<_>>(), [6]);
        let nights = place.planned("clean-up").await;
        assert_eq!(nights.iter().map(|(.., done)| *done).collect::<Vec<_>>(), [true, false]);
    })
    .await;
}

#[tokio::test]
async fn very_much_is_thrown_away_in_short_steps_and_missed_nights_are_not_made_up_for() {
    on_each(async |db, _| {
        let place = Place::new(db);
        place.ensure().await;
        for number in 0..1_203 {
            let seen = store::seen_update::note(&place.db, "terminal", &number.to_string(), place.clock.now()).await;
            assert!(seen.unwrap());
        }
        let pass = place.pass_at("2026-11-29T12:00:00Z").await;
        assert_eq!(store::seen_update::Entity::find().count(&place.db).await.unwrap(), 0);
        // Three for the engine's night, one for the community's, for the notice of a clearing and for each of the two reminders,
        // which concern nobody.
        assert_eq!(pass.steps, 7, "{:?}", place.schedule().await);
        assert_eq!(place.planned("upkeep").await.len(), 2);
        assert_eq!(place.planned("clean-up").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_member_who_never_did_a_thing_is_forgotten_after_half_a_year_and_nobody_else() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let now = place.clock.now();
        let days_ago = |days: i64| now - TimeDelta::days(days);
        let mut ids = std::collections::HashMap::new();
        for name in ["idle", "asks", "helps", "invites", "invited for", "came by one", "is told", "was here", "new"] {
            let since = if name == "new" { 179 } else { 500 };
            let id = store::member::insert(&place.db, name, "en", days_ago(since)).await.unwrap().id;
            let account = store::account::insert(&place.db, id, "terminal", name, days_ago(since)).await.unwrap();
            ids.insert(name, id);
            session(&place, name, days_ago(if name == "was here" { 179 } else { 400 })).await;
            if name == "idle" {
                store::person::set_written_to(&place.db, id, account.id).await.unwrap();
                store::person::set_zone(&place.db, id, "Europe/Moscow", Some("Kazan")).await.unwrap();
                let (name, value) = (PaymentName::read("Card").unwrap(), PaymentValue::read("1234").unwrap());
                store::payment_detail::insert(&place.db, id, &name, &value, true).await.unwrap();
                store::member::set_about(&place.db, id, Some("I bake bread.")).await.unwrap();
                store::notification::choose(&place.db, id, Category::Network, Mode::Off).await.unwrap();
            }
        }
        let asks = place.monthly(ids["asks"]).await;
        place.help(ids["helps"], &asks, 80, State::Withdrawn).await;
        let invite = store::invite::insert(&place.db, "token", ids["invites"], ids["invited for"], now).await.unwrap();
        store::invite::note_use(&place.db, invite.id, ids["came by one"], now).await.unwrap();
        let told = store::digest_item::New {
            member: ids["is told"],
            kind: "notice-ended".into(),
            facts: "{}".into(),
            record: None,
        };
        store::digest_item::push_many(&place.db, [told], now).await.unwrap();

        place.ensure().await;
        place.pass_at("2026-11-11T04:00:00Z").await;
        for (name, id) in &ids {
            let member = store::member::find(&place.db, *id).await.unwrap().unwrap();
            let known = store::account::find_by_account(&place.db, "terminal", name).await.unwrap().is_some();
            let chat = store::session::load(&place.db, "terminal", name).await.unwrap().is_some();
            let kept = *name != "idle";
            assert_eq!((known, chat, member.name == *name), (kept, kept, kept), "{name}");
            assert_eq!(member.about, None, "{name}");
        }
        assert_eq!(store::payment_detail::of(&place.db, ids["idle"]).await.unwrap(), []);
        let idle = store::person::find(&place.db, ids["idle"]).await.unwrap().unwrap();
        assert_eq!((idle.zone, idle.place, idle.written_to), (None, None, None));
        assert_eq!(store::notification::of(&place.db, ids["idle"]).await.unwrap(), []);
    })
    .await;
}

async fn session(place: &Place, address: &str, changed_at: chrono::DateTime<chrono::Utc>) {
    let session = store::session::Model {
        id: Id::new(0),
        messenger: "terminal".into(),
        address: address.into(),
        tab: String::new(),
        lang: None,
        route: String::new(),
        trail: String::new(),
        draft: String::new(),
        rev: 1,
        word: String::new(),
        offered: String::new(),
        asks: false,
        live: None,
        message: None,
        thread: None,
        shown: 1,
        saying: None,
        did: None,
        said: String::new(),
        seq: 1,
        changed_at,
    };
    store::session::insert(&place.db, session).await.unwrap();
}

async fn letter(place: &Place, number: usize, about: Option<i64>, when: chrono::DateTime<chrono::Utc>, sent: bool) {
    let row = store::outbox::ActiveModel {
        id: Set(NoticeId::new(i64::try_from(number).unwrap() + 1)),
        recipient_id: Set(MemberId::new(1)),
        kind: Set("notice-confirmed".to_owned()),
        facts: Set("{}".to_owned()),
        about: Set(about.map(|id| format!("commitment/{id}"))),
        priority: Set(1),
        by_day: Set(false),
        created_at: Set(when),
        due_at: Set(when),
        sent_at: Set(sent.then_some(when)),
        failed_at: Set((!sent).then_some(when)),
        ..Default::default()
    };
    row.insert(&place.db).await.unwrap();
}
