//! Nothing is set off of whoever was not told of it five days before.

use exodus::domain::State::Obligation;
use exodus::domain::{Category, MemberId, Mode};
use exodus::store;
use exodus_engine::conversation::Clock;
use sea_orm::EntityTrait;

use crate::place::Place;
use crate::ring::{NOTICE, RUN, Ring};
use crate::support::database::on_each;

impl Place {
    /// Does what is due when the clock shows this; nothing is sent.
    async fn pass_unsent_at(&self, now: &str) {
        self.set(now);
        self.pass_unsent().await;
    }

    /// Who is still to be told that a clearing comes.
    async fn untold_of_clearing(&self) -> Vec<store::outbox::Model> {
        let rows = store::outbox::Entity::find().all(&self.db).await.unwrap().into_iter();
        rows.filter(|row| row.kind == "notice-clearing-soon" && row.sent_at.is_none()).collect()
    }

    /// The messenger refuses what tells this member that a clearing comes.
    async fn give_up_telling(&self, whom: MemberId) {
        let rows = self.untold_of_clearing().await;
        let row = rows.iter().find(|row| row.recipient_id == whom).unwrap();
        store::outbox::failed(&self.db, row.id, "refused", self.clock.now()).await.unwrap();
    }

    /// Of which day members were told, or are to be told, one after the other.
    async fn days_told(&self) -> Vec<String> {
        let notices = self.notices("notice-clearing-soon").await;
        notices.into_iter().map(|(_, facts)| facts["on"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn a_bot_that_was_off_before_the_notices_went_out_tells_all_anew_and_sets_off_five_days_later() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        ring.owe(&[500, 500]).await;
        // It is night: the notices wait for the morning, and then the bot is off.
        place.pass_unsent_at(NOTICE).await;
        assert_eq!(place.days_told().await, ["2026-11-25", "2026-11-25"]);
        place.pass_unsent_at("2026-11-25T05:00:10Z").await;
        assert!(place.clearings().await.is_empty());
        assert_eq!(place.days_told().await, ["2026-11-30", "2026-11-30"], "nobody reads of the day that it was to be");
        place.tell_of_clearing(|_| true).await;

        place.pass_at("2026-11-29T05:00:00Z").await;
        assert!(place.clearings().await.is_empty());
        place.pass_at("2026-11-30T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn told_a_day_late_is_told_late() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        ring.owe(&[500, 500]).await;
        place.pass_unsent_at(NOTICE).await;
        // What waited goes out before the calendar has looked.
        place.set("2026-11-22T10:00:00Z");
        place.tell_of_clearing(|_| true).await;
        place.pass_at("2026-11-22T10:00:01Z").await;
        assert_eq!(place.days_told().await, ["2026-11-25", "2026-11-25", "2026-11-27", "2026-11-27"]);
        place.pass_at(RUN).await;
        assert!(place.clearings().await.is_empty());
        place.pass_at("2026-11-27T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_set_off_where_it_is_too_late_in_the_month_to_tell_anew() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        let all = ring.owe(&[500, 500]).await;
        place.pass_unsent_at(NOTICE).await;
        place.pass_at("2026-11-27T10:00:00Z").await;
        assert!(place.set_off().await.is_empty());
        assert_eq!(place.sum(all[0].id).await, (500, Obligation));
        assert!(place.days_told().await.is_empty(), "nobody reads any more of a day that is over");

        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2, "in the next month they are told, and it is");
    })
    .await;
}

#[tokio::test]
async fn one_who_was_not_told_is_left_out_and_nobody_waits_for_them() {
    on_each(async |db, _| {
        // Each pair of members owes each other, so whatever takes part is set off whole.
        let ring = Ring::of(&db, 12).await;
        let place = &ring.place;
        let mut pairs = Vec::new();
        for pair in 0..6 {
            let (one, other) = (2 * pair, 2 * pair + 1);
            pairs.push([ring.owes(one, other, 500, Obligation).await, ring.owes(other, one, 500, Obligation).await]);
        }
        let [waits, late, given_up, gone, silent, daily] = [0, 2, 4, 6, 8, 10].map(|member| ring.members[member]);
        // One can't be reached at all, one does not want to be told, and one is told once a day.
        let account = store::account::of_person(&db, gone).await.unwrap().remove(0);
        store::account::mark_unreachable(&db, account.id, place.clock.now()).await.unwrap();
        store::notification::choose(&db, silent, Category::Reminders, Mode::Off).await.unwrap();
        store::notification::choose(&db, daily, Category::Reminders, Mode::Digest).await.unwrap();
        place.pass_unsent_at(NOTICE).await;
        place.tell_of_clearing(|to| ![waits, late, given_up, gone].contains(&to)).await;
        place.give_up_telling(given_up).await;
        place.pass_unsent_at("2026-11-21T04:59:59Z").await;
        place.set("2026-11-21T05:00:01Z");
        place.tell_of_clearing(|to| to == late).await;
        place.pass_unsent_at("2026-11-21T05:00:02Z").await;
        place.pass_unsent_at(RUN).await;

        let set_off: Vec<_> = place.set_off().await.into_iter().map(|(id, _)| id).collect();
        let told: Vec<_> = pairs[3..].iter().flatten().map(|one| one.id).collect();
        assert_eq!(set_off, told);
        let untold: Vec<MemberId> = place.untold_of_clearing().await.iter().map(|row| row.recipient_id).collect();
        assert_eq!(untold, [given_up], "what waited is not told any more");
    })
    .await;
}
