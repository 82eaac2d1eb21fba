//! What administrators tell everybody: each once and nobody left out, wherever a process is cut off.

use std::collections::BTreeMap;
use std::time::Duration;

use exodus::aid::{Admin, Administrators};
use exodus::domain::{Announcement, AnnouncementId, Category, MemberId, Mode};
use exodus::{aid, store};
use exodus_engine::conversation::Clock;
use sea_orm::{DatabaseConnection, EntityTrait};
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::support::database::on_each;

/// Several steps.
const MEMBERS: usize = 1_020;

/// Of them, every hundredth has chosen otherwise, each in turn: off, in the daily message.
const OTHERWISE: usize = 100;

struct Community {
    place: Place,
    admin: Admin,
    administrator: MemberId,
}

async fn community(db: &DatabaseConnection) -> Community {
    let place = Place::new(db.clone());
    let administrator = place.member("administrator").await;
    let tx = store::begin(db).await.unwrap();
    let now = place.clock.now();
    for number in 1..MEMBERS {
        let member = store::member::insert(&tx, &format!("Member {number}"), "en", now).await.unwrap();
        store::account::insert(&tx, member.id, "terminal", &format!("m{number}"), now).await.unwrap();
        if number.is_multiple_of(OTHERWISE) {
            let mode = if (number / OTHERWISE).is_multiple_of(2) { Mode::Off } else { Mode::Digest };
            store::notification::choose(&tx, member.id, Category::Announcements, mode).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    place.ensure().await;
    let named = Administrators::new([("terminal".to_owned(), "administrator".to_owned())]);
    assert!(named.admit("terminal", "m1").is_none());
    Community { place, admin: named.admit("terminal", "administrator").unwrap(), administrator }
}

impl Community {
    async fn announce(&self) -> AnnouncementId {
        let words = Announcement::read("We meet on Sunday.").unwrap();
        let (admin, who) = (&self.admin, self.administrator);
        self.place.within(async |work| aid::announce(work, admin, who, &words).await.unwrap()).await
    }

    /// How often each was told, at once or with their daily message.
    async fn told(&self) -> BTreeMap<MemberId, usize> {
        let mut told = BTreeMap::new();
        for row in store::outbox::Entity::find().all(&self.place.db).await.unwrap() {
            assert!(!row.facts.contains("Sunday"), "its words stand in one place");
            *told.entry(row.recipient_id).or_default() += 1;
        }
        for row in store::digest_item::Entity::find().all(&self.place.db).await.unwrap() {
            *told.entry(row.member_id).or_default() += 1;
        }
        told
    }

    async fn announced(&self, id: AnnouncementId) -> aid::Announced {
        let admin = &self.admin;
        self.place.within(async |work| aid::announced(work, admin, id).await.unwrap()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_told_once_but_who_left_who_is_suspended_and_who_wants_no_announcements() {
    on_each(async |db, _| {
        let community = community(&db).await;
        let all: Vec<MemberId> = store::member::ids_after(&db, MemberId::BEFORE_ALL, 5_000).await.unwrap();
        store::member::suspend(&db, all[7], "a reason", community.place.clock.now()).await.unwrap();
        store::member::erase(&db, &[all[8]], community.place.clock.now()).await.unwrap();
        store::person::erase(&db, &[all[8]]).await.unwrap();
        let unreachable = store::account::of_person(&db, all[9]).await.unwrap()[0].id;
        store::account::mark_unreachable(&db, unreachable, community.place.clock.now()).await.unwrap();
        let id = community.announce().await;
        assert!(community.told().await.is_empty(), "the turn itself is short");
        // Who comes now is not told.
        community.place.member("late").await;
        let before = community.announced(id).await;
        assert!(!before.queued && before.at_once == 0);
        assert!(!community.place.pass().await.broken);
        let told = community.told().await;
        assert!(told.values().all(|times| *times == 1), "each once");
        let after = community.announced(id).await;
        assert!(after.queued);
        // 10 have chosen otherwise: 5 of them in the daily message, 5 not at all.
        assert_eq!((after.at_once, after.daily, after.off), (MEMBERS as u64 - 12, 5, 5));
        assert_eq!(told.len(), MEMBERS - 2 - 5);
        assert_eq!(
            (after.sent.sent, after.sent.waiting, after.sent.failed, after.sent.unreachable),
            (0, MEMBERS as u64 - 13, 0, 1)
        );
        let first = store::outbox::of_person(&db, all[0]).await.unwrap()[0].id;
        store::outbox::sent(&db, first, None, community.place.clock.now()).await.unwrap();
        let second = store::outbox::of_person(&db, all[1]).await.unwrap()[0].id;
        store::outbox::failed(&db, second, "refused", community.place.clock.now()).await.unwrap();
        let sent = community.announced(id).await.sent;
        assert_eq!((sent.sent, sent.waiting, sent.failed, sent.unreachable), (1, MEMBERS as u64 - 15, 1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_cut_off_in_the_middle_leaves_nobody_out_and_tells_nobody_twice() {
    on_each(async |db, url| {
        let community = community(&db).await;
        let id = community.announce().await;
        for attempt in 0..40_u64 {
            let process = community.place.beside(&url).await;
            let work = {
                let process = process.clone();
                tokio::spawn(async move { process.scheduler().pass(&CancellationToken::new()).await })
            };
            tokio::time::sleep(Duration::from_micros(500 + attempt * 1_300)).await;
            work.abort();
            let ended = work.await;
            process.db.close().await.unwrap();
            if ended.is_ok() {
                break;
            }
        }
        community.place.pass().await;
        let told = community.told().await;
        assert!(told.values().all(|times| *times == 1), "each once");
        assert_eq!(told.len(), MEMBERS - 5);
        let announced = community.announced(id).await;
        assert_eq!((announced.at_once, announced.daily, announced.off), (MEMBERS as u64 - 10, 5, 5));
    })
    .await;
}
