//! What members have chosen to be told.

use exodus::domain::{Category, DailyHour, MemberId, Mode};
use exodus::store;
use exodus_engine::hours::{QuietHours, Zone};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::community::{member, noon};
use crate::support::database::on_each;

#[tokio::test]
async fn what_was_chosen_last_counts_and_all_else_is_as_it_is_by_default() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        for mode in [Mode::Digest, Mode::Off, Mode::On, Mode::Digest] {
            store::notification::choose(&db, anna, Category::Network, mode).await.unwrap();
            let chosen = store::notification::chosen(&db, [anna, boris]).await.unwrap();
            assert_eq!(chosen.mode(anna, Category::Network), mode);
            assert_eq!(chosen.mode(anna, Category::Reminders), Mode::On);
            assert_eq!(chosen.mode(boris, Category::Network), Mode::On);
            assert_eq!(chosen.mode(boris, Category::Supported), Mode::Digest);
            store::notification::choose(&db, anna, Category::Supported, mode).await.unwrap();
            let chosen = store::notification::chosen(&db, [anna]).await.unwrap();
            assert_eq!(chosen.mode(anna, Category::Supported), mode);
        }
        assert_eq!(store::notification::chosen(&db, []).await.unwrap().mode(anna, Category::Network), Mode::On);
    })
    .await;
}

#[tokio::test]
async fn what_thousands_have_chosen_is_known_at_once() {
    on_each(async |db, _| {
        let tx = store::begin(&db).await.unwrap();
        let mut members: Vec<MemberId> = Vec::new();
        for n in 0..5_000 {
            members.push(store::member::insert(&tx, &format!("member {n}"), "en", noon(1)).await.unwrap().id);
        }
        for member in members.iter().step_by(10) {
            store::notification::choose(&tx, *member, Category::Supported, Mode::Off).await.unwrap();
        }
        tx.commit().await.unwrap();
        for asked in [&members[..], &members[..400]] {
            let chosen = store::notification::chosen(&db, asked.iter().copied()).await.unwrap();
            let off = asked.iter().filter(|member| chosen.mode(**member, Category::Supported) == Mode::Off).count();
            assert_eq!(off, asked.len() / 10);
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_daily_message_is_taken_out_once_and_in_its_order() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        let item = |member, facts: &str| store::digest_item::New {
            member,
            kind: "k".into(),
            facts: facts.into(),
            record: None,
        };
        let items = [item(anna, "1"), item(boris, "2"), item(anna, "3")];
        store::digest_item::push_many(&db, items, noon(1)).await.unwrap();
        let taken = store::digest_item::take(&db, anna, &["k"]).await.unwrap();
        assert_eq!(taken.iter().map(|item| item.facts.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        assert!(store::digest_item::take(&db, anna, &["k"]).await.unwrap().is_empty());
        assert!(store::digest_item::take(&db, boris, &["other"]).await.unwrap().is_empty(), "left to who can say it");
        assert_eq!(store::digest_item::take(&db, boris, &["k"]).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn quiet_hours_and_zones_are_kept_and_can_be_ended() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        let quiet = QuietHours::parse("22:30-7");
        store::person::set_quiet_hours(&db, anna, quiet).await.unwrap();
        store::person::set_zone(&db, anna, "Europe/Podgorica", None).await.unwrap();
        let row = store::person::find(&db, anna).await.unwrap().unwrap();
        assert_eq!(store::person::quiet_hours(row.quiet_from, row.quiet_to), quiet);
        store::member::set_daily_hour(&db, anna, DailyHour::new(8).unwrap()).await.unwrap();
        let daily = store::member::daily_of(&db, [anna, boris]).await.unwrap();
        let of_anna = daily.get(&anna).map(|(hour, zone)| (*hour, zone.as_ref().map(Zone::name)));
        assert_eq!(of_anna, Some((DailyHour::new(8), Some("Europe/Podgorica"))));
        assert_eq!(daily.len(), 1, "who has said nothing");
        store::person::set_quiet_hours(&db, anna, None).await.unwrap();
        let row = store::person::find(&db, anna).await.unwrap().unwrap();
        assert_eq!(store::person::quiet_hours(row.quiet_from, row.quiet_to), None);
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_message_that_nobody_has_planned_is_found() {
    on_each(async |db, _| {
        let mut members = Vec::new();
        for name in ["planned", "told before", "never planned"] {
            let id = member(&db, name).await;
            let item = store::digest_item::New { member: id, kind: "k".into(), facts: "{}".into(), record: None };
            store::digest_item::push_many(&db, [item.clone(), item], noon(1)).await.unwrap();
            members.push(id);
        }
        let row =
            |member: MemberId| store::schedule::New { name: "daily-message", about: member.number(), due_at: noon(2) };
        store::schedule::plan(&db, [row(members[0]), row(members[1])], noon(1)).await.unwrap();
        let done = store::schedule::planned(&db, &["daily-message"]).await.unwrap();
        let done = done.iter().find(|row| row.about == members[1].number()).unwrap();
        assert!(store::schedule::done(&db, done.id, noon(2)).await.unwrap());
        for (limit, found) in [(10, &members[1..]), (1, &members[1..2])] {
            assert_eq!(store::digest_item::forgotten(&db, "daily-message", limit).await.unwrap(), found);
        }
    })
    .await;
}

#[tokio::test]
async fn what_another_release_lets_members_choose_is_kept_and_in_nobody_s_way() {
    on_each(async |db, _| {
        let anna = member(&db, "anna").await;
        store::notification::choose(&db, anna, Category::Network, Mode::Off).await.unwrap();
        let newer =
            format!("INSERT INTO member_notification (member_id, category, mode) VALUES ({anna}, 'weather', 'off')");
        db.execute_unprepared(&newer).await.unwrap();
        let chosen = store::notification::chosen(&db, [anna]).await.unwrap();
        assert_eq!(chosen.mode(anna, Category::Network), Mode::Off);
        assert_eq!(chosen.mode(anna, Category::Digests), Mode::On);
        store::notification::choose(&db, anna, Category::Network, Mode::On).await.unwrap();
        let kept = store::notification::Entity::find().all(&db).await.unwrap();
        assert!(kept.iter().any(|row| row.category == "weather" && row.mode == "off"), "{kept:?}");
    })
    .await;
}
