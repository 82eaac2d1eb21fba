//! Two at once, through two processes on one database: one outcome, and the journal tells how it came about.

use std::time::Duration;

use exodus::domain::{CommitmentId, State};
use exodus::store;
use exodus_engine::conversation::{Heard, Incoming};
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::community::{help, member, monthly, noon};
use crate::house::{House, KEYBOARD, deed, update};
use crate::support::database::on_each;

/// How often each race is run: who wins is chance.
const RUNS: usize = 4;

/// Two processes, and a commitment of boris to anna in this state.
async fn ring(db: DatabaseConnection, url: &str, state: State) -> (House, House, CommitmentId) {
    let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
    store::account::insert(&db, boris, "terminal", "boris-too", noon(1)).await.unwrap();
    let asks = monthly(&db, anna).await;
    let commitment = help(&db, boris, &asks, 10_000, state).await;
    let other = store::connect(url).await.expect("a second connection");
    (House::on(db), House::on(other), commitment.id)
}

/// Opens this page, and the deed that it offers as an update to be played.
async fn about_to(house: &House, who: &str, route: &str, name: &str) -> Incoming {
    let page = house.presses(who, &format!("/{route}")).await;
    update(who, Heard::Press(deed(&page, name)))
}

/// Both at the same moment; nobody may be left without an answer.
async fn both(one: (&House, &Incoming), two: (&House, &Incoming)) -> [String; 2] {
    let (first, second) = tokio::join!(one.0.turn(KEYBOARD, one.1), two.0.turn(KEYBOARD, two.1));
    [first, second].map(|turn| turn.expect("a turn").map(|answer| answer.rendered.text.plain()).unwrap_or_default())
}

async fn story(db: &DatabaseConnection, id: CommitmentId) -> Vec<String> {
    store::journal::of_commitment(db, id).await.expect("the journal").into_iter().map(|row| row.what).collect()
}

async fn state(db: &DatabaseConnection, id: CommitmentId) -> State {
    store::commitment::find(db, id).await.expect("a row").expect("the commitment").state
}

/// Each run has members of its own.
async fn again(test: impl AsyncFn(DatabaseConnection, String)) {
    for _ in 0..RUNS {
        on_each(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_supporter_withdraws_while_the_receiver_asks() {
    again(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Intention).await;
        let withdraws = about_to(&one, "boris", &format!("commitment/{id}/withdraw"), "withdraw").await;
        let asks = about_to(&two, "anna", &format!("commitment/{id}"), "ask_to_promise").await;
        both((&one, &withdraws), (&two, &asks)).await;
        assert_eq!(state(&one.db, id).await, State::Withdrawn);
        let story = story(&one.db, id).await;
        assert!(
            [vec!["withdrawn"], vec!["asked_to_promise", "withdrawn"]]
                .contains(&story.iter().map(String::as_str).collect()),
            "{story:?}"
        );
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_member_promises_and_withdraws_in_two_chats() {
    again(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Intention).await;
        let promises = about_to(&one, "boris", &format!("commitment/{id}/promise"), "promise").await;
        let withdraws = about_to(&two, "boris-too", &format!("commitment/{id}/withdraw"), "withdraw").await;
        both((&one, &promises), (&two, &withdraws)).await;
        let outcome = match state(&one.db, id).await {
            State::Obligation => "promised",
            State::Withdrawn => "withdrawn",
            other => panic!("{other:?}"),
        };
        assert_eq!(story(&one.db, id).await, [outcome]);
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_counts_once() {
    again(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Claimed).await;
        let anna = store::account::find_by_account(&one.db, "terminal", "anna").await.unwrap().expect("anna").1.id;
        store::account::insert(&one.db, anna, "terminal", "anna-too", noon(1)).await.unwrap();
        let here = about_to(&one, "anna", &format!("commitment/{id}"), "confirm").await;
        let there = about_to(&two, "anna-too", &format!("commitment/{id}"), "confirm").await;
        both((&one, &here), (&two, &there)).await;
        assert_eq!(state(&one.db, id).await, State::Fulfilled);
        assert_eq!(story(&one.db, id).await, ["confirmed"]);
        assert_eq!(store::outbox::waiting(&one.db).await.unwrap(), 1);
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_is_delivered_twice_at_once_is_one_deed() {
    again(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Claimed).await;
        let confirms = about_to(&one, "anna", &format!("commitment/{id}"), "confirm").await;
        both((&one, &confirms), (&two, &confirms)).await;
        both((&two, &confirms), (&one, &confirms)).await;
        assert_eq!(story(&one.db, id).await, ["confirmed"]);
        assert_eq!(store::outbox::waiting(&one.db).await.unwrap(), 1);
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_comes_through_two_processes_at_once_is_one_member() {
    again(async |db, url| {
        let (one, two, _) = ring(db, &url, State::Claimed).await;
        let begins = [update("carla", Heard::Text("/start".into())), update("carla", Heard::Text("/start".into()))];
        both((&one, &begins[0]), (&two, &begins[1])).await;
        let welcome = one.says("carla", "/start").await;
        let chooses =
            [update("carla", Heard::Press(deed(&welcome, "en"))), update("carla", Heard::Press(deed(&welcome, "ru")))];
        both((&one, &chooses[0]), (&two, &chooses[1])).await;
        let members = store::member::Entity::find().all(&one.db).await.unwrap();
        assert_eq!(members.iter().filter(|member| member.name == "carla").count(), 1, "{members:?}");
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_whose_number_another_turn_has_drawn_gets_another_number() {
    on_each(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Intention).await;
        let boris = store::account::find_by_account(&one.db, "terminal", "boris").await.unwrap().expect("boris").1.id;
        let asks = about_to(&two, "anna", &format!("commitment/{id}"), "ask_to_promise").await;
        // A turn that is not over has every number of three digits.
        let other = store::begin(&one.db).await.unwrap();
        let numbered = |number| store::outbox::New {
            recipient: boris,
            kind: "notice-thanks".to_owned(),
            facts: "{}".to_owned(),
            about: None,
            record: None,
            priority: store::outbox::TELLS,
            by_day: false,
            due_at: noon(3),
            word: format!("w{number}"),
            number,
        };
        store::outbox::push_many(&other, (100..1000).map(numbered), noon(3)).await.unwrap();
        let (answer, committed) = tokio::join!(two.turn(KEYBOARD, &asks), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            other.commit().await
        });
        committed.unwrap();
        let page = answer.expect("a turn").expect("an answer").rendered.text.plain();
        assert_eq!(story(&one.db, id).await, ["asked_to_promise"], "{page}");
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receiver_leaves_while_the_supporter_promises() {
    again(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Intention).await;
        let leaves = about_to(&one, "anna", "leave", "leave").await;
        let promises = about_to(&two, "boris", &format!("commitment/{id}/promise"), "promise").await;
        both((&one, &leaves), (&two, &promises)).await;
        assert_eq!(state(&one.db, id).await, State::Cancelled, "{:?}", story(&one.db, id).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_leaves_and_promises_from_another_account() {
    again(async |db, url| {
        let (one, two, id) = ring(db, &url, State::Intention).await;
        let leaves = about_to(&one, "boris", "leave", "leave").await;
        let promises = about_to(&two, "boris-too", &format!("commitment/{id}/promise"), "promise").await;
        both((&one, &leaves), (&two, &promises)).await;
        assert_eq!(state(&one.db, id).await, State::Cancelled, "{:?}", story(&one.db, id).await);
        for account in ["boris", "boris-too"] {
            let found = store::account::find_by_account(&one.db, "terminal", account).await.expect("rows");
            assert!(found.is_none(), "{account}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_is_opened_while_its_maker_leaves() {
    again(async |db, url| {
        let (one, two, _) = ring(db, &url, State::Intention).await;
        let (anna, vera) = (exodus::domain::MemberId::new(1), member(&one.db, "vera").await);
        store::invite::insert(&one.db, "anna-token", anna, anna, noon(1)).await.expect("an invite");
        let leaves = about_to(&one, "anna", "leave", "leave").await;
        two.presses("vera", "/menu").await;
        let opens = update("vera", Heard::Text("start anna-token".to_owned()));
        both((&one, &leaves), (&two, &opens)).await;
        assert!(store::invite::Entity::find().all(&one.db).await.expect("rows").is_empty());
        assert!(!store::acquaintance::stands(&one.db, vera, anna).await.expect("rows"));
    })
    .await;
}
