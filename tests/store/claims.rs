//! The outbox: in order, each row once, whatever the number of workers.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::MemberId;
use exodus::store;
use exodus::store::outbox::{self, Claimed, NoticeId, Urgency, Waiting, Wanted};
use exodus_engine::conversation::{Chance, OsChance};
use sea_orm::DatabaseConnection;

use crate::community::{member, noon};
use crate::support::database::on_each;

/// What these workers can say.
const KINDS: [&str; 10] =
    ["first", "second", "urgent", "other", "before", "after", "later", "to-all", "now", "claimed"];

fn notice(recipient: MemberId, kind: &str, priority: i16) -> outbox::New {
    outbox::New {
        recipient,
        kind: kind.into(),
        facts: "{}".into(),
        about: Some("commitment/412".into()),
        record: None,
        priority,
        by_day: false,
        due_at: noon(1),
        word: OsChance.word().unwrap(),
        number: OsChance.number(9).unwrap(),
    }
}

/// Claims of every urgency, the most urgent first.
async fn claim(db: &DatabaseConnection, limit: u64, now: DateTime<Utc>, lease: DateTime<Utc>) -> Vec<Claimed> {
    let mut claimed = Vec::new();
    for urgency in [Urgency::Asks, Urgency::Tells, Urgency::ToAll] {
        let wanted =
            Wanted { messenger: "terminal", urgency, limit: limit - claimed.len() as u64, kinds: &KINDS, not_to: &[] };
        claimed.extend(outbox::claim(db, wanted, now, lease).await.unwrap());
    }
    claimed
}

fn kinds(claimed: &[outbox::Claimed]) -> Vec<&str> {
    claimed.iter().map(|row| row.kind.as_str()).collect()
}

#[tokio::test]
async fn nobody_is_told_a_later_thing_before_an_earlier_one() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let rows = [notice(anna, "first", 1), notice(anna, "urgent", 0), notice(boris, "other", 0)];
        outbox::push_many(&db, rows, noon(1)).await.unwrap();
        let now = noon(1);
        let lease = now + TimeDelta::minutes(1);

        let taken = claim(&db, 10, now, lease).await;
        assert_eq!(kinds(&taken), ["other", "first"]);
        let first = &taken[1];
        assert_eq!((first.lang.as_str(), first.address.as_deref()), ("en", Some("Anna")));
        assert_eq!((first.attempts, first.about.as_deref()), (1, Some("commitment/412")));
        assert!(claim(&db, 10, now, lease).await.is_empty());

        // A messenger asks to wait: what comes after waits too.
        outbox::later(&db, first.id, now + TimeDelta::minutes(9)).await.unwrap();
        outbox::sent(&db, taken[0].id, None, now).await.unwrap();
        assert!(claim(&db, 10, lease, lease).await.is_empty());
        let then = now + TimeDelta::minutes(9);
        let taken = claim(&db, 10, then, then + TimeDelta::minutes(1)).await;
        assert_eq!((kinds(&taken), taken[0].attempts), (vec!["first"], 2));

        // What is given up no longer holds up the rest.
        outbox::failed(&db, taken[0].id, "blocked", then).await.unwrap();
        let taken = claim(&db, 10, then, then + TimeDelta::minutes(1)).await;
        assert_eq!(kinds(&taken), ["urgent"]);
        assert_eq!(outbox::waiting(&db).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_gives_the_row_to_another_worker() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        outbox::push_many(&db, [notice(anna, "first", 0)], noon(1)).await.unwrap();
        let lease = noon(1) + TimeDelta::minutes(1);
        assert_eq!(claim(&db, 1, noon(1), lease).await.len(), 1);
        let taken = claim(&db, 1, lease, lease + TimeDelta::minutes(1)).await;
        assert_eq!(taken[0].attempts, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_for_a_recipient_without_a_reachable_account_is_not_claimed() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let account = store::account::reachable_account(&db, anna).await.unwrap().unwrap();
        outbox::push_many(&db, [notice(anna, "before", 0)], noon(1)).await.unwrap();
        store::account::mark_unreachable(&db, account.id, noon(1)).await.unwrap();
        outbox::push_many(&db, [notice(anna, "after", 0)], noon(1)).await.unwrap();
        assert!(claim(&db, 1, noon(1), noon(2)).await.is_empty());
        let waiting = outbox::by_messenger(&db, noon(1)).await.unwrap();
        assert_eq!(waiting, [Waiting { messenger: None, rows: 2, due_since: None }]);
        store::account::mark_reachable(&db, account.id).await.unwrap();
        let waiting = outbox::by_messenger(&db, noon(2)).await.unwrap();
        let messenger = Some("terminal".to_owned());
        assert_eq!(waiting, [Waiting { messenger, rows: 2, due_since: Some(noon(1)) }]);
        assert_eq!(kinds(&claim(&db, 1, noon(1), noon(2)).await), ["before"]);
    })
    .await;
}

#[tokio::test]
async fn what_goes_to_all_and_what_is_planned_for_later_is_in_nobodys_way() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let later = outbox::New { due_at: noon(2), ..notice(anna, "later", 0) };
        let rows = [notice(anna, "to-all", outbox::TO_ALL), later, notice(anna, "now", 1)];
        outbox::push_many(&db, rows, noon(1)).await.unwrap();
        assert_eq!(kinds(&claim(&db, 10, noon(1), noon(1) + TimeDelta::seconds(20)).await), ["now", "to-all"]);
        // What was taken up once keeps its place.
        let (first, second) = (NoticeId::new(1), NoticeId::new(3));
        outbox::later(&db, second, noon(3)).await.unwrap();
        outbox::later(&db, first, noon(3)).await.unwrap();
        assert_eq!(kinds(&claim(&db, 10, noon(2), noon(2) + TimeDelta::seconds(20)).await), ["later"]);
    })
    .await;
}

#[tokio::test]
async fn two_workers_never_hold_the_same_row() {
    on_each(async |db, url| {
        let mut rows = Vec::new();
        for number in 0..40 {
            let recipient = member(&db, &format!("Member {number}")).await;
            rows.extend([notice(recipient, "first", 0), notice(recipient, "second", 0)]);
        }
        outbox::push_many(&db, rows, noon(1)).await.unwrap();
        let other = store::connect(&url).await.unwrap();
        let work = async |db: &sea_orm::DatabaseConnection| {
            let mut mine = Vec::new();
            loop {
                let taken = claim(db, 7, noon(1), noon(2)).await;
                if taken.is_empty() {
                    return mine;
                }
                for row in taken {
                    outbox::sent(db, row.id, None, noon(1)).await.unwrap();
                    mine.push(row.id);
                }
            }
        };
        let (one, two) = tokio::join!(work(&db), work(&other));
        let last = work(&db).await;
        let all: Vec<NoticeId> = [one, two, last].concat();
        assert_eq!((all.len(), all.iter().collect::<HashSet<_>>().len()), (80, 80));
        assert_eq!(outbox::waiting(&db).await.unwrap(), 0);
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_notice_is_answered_once() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        outbox::push_many(&db, [notice(anna, "claimed", 0)], noon(1)).await.unwrap();
        let id = claim(&db, 1, noon(1), noon(2)).await[0].id;
        assert!(outbox::answer(&db, id, noon(3)).await.unwrap());
        assert!(!outbox::answer(&db, id, noon(4)).await.unwrap());
        assert_eq!(outbox::find(&db, id).await.unwrap().unwrap().answered_at, Some(noon(3)));
    })
    .await;
}

/// Of two releases on one database each sends what it can say, and none waits behind what only the other one can.
#[tokio::test]
async fn a_kind_that_a_worker_does_not_know_is_left_to_one_that_does() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        outbox::push_many(&db, [notice(anna, "of-next-year", 0), notice(anna, "first", 0)], noon(1)).await.unwrap();
        assert_eq!(kinds(&claim(&db, 10, noon(1), noon(2)).await), ["first"]);
        let newer =
            Wanted { messenger: "terminal", urgency: Urgency::Asks, limit: 10, kinds: &["of-next-year"], not_to: &[] };
        let claimed = outbox::claim(&db, newer, noon(1), noon(2)).await.unwrap();
        assert_eq!((kinds(&claimed), claimed[0].attempts), (vec!["of-next-year"], 1), "nobody has touched it before");
    })
    .await;
}
