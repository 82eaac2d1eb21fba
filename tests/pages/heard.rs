//! Words that could be meant in two ways, where there are no buttons: a doubled one does no second deed, and what a message says
//! as a whole is not found in the middle of something else.

use exodus::domain::{About, Money, State};
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::msg;

use crate::community::{help, member, monthly, noon};
use crate::house::{House, NUMBERED};

/// Anna has been told these of what Boris and Vera give her, in their order.
async fn house(states: [State; 2], kinds: &[(usize, &str)]) -> House {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let asks = monthly(&house.db, anna).await;
    let mut gives = Vec::new();
    for (name, state) in ["Boris", "Vera"].into_iter().zip(states) {
        let helper = member(&house.db, name).await;
        gives.push((helper, help(&house.db, helper, &asks, 10_000, state).await.id));
    }
    for (number, (which, kind)) in (1..).zip(kinds) {
        let (helper, commitment) = gives[*which];
        let new = store::outbox::New {
            recipient: anna,
            kind: (*kind).to_owned(),
            facts: format!(r#"{{"name":{{"member":{helper}}},"sum":{{"sum":10000}}}}"#),
            about: Some(About::Commitment(commitment).to_string()),
            record: None,
            priority: 0,
            by_day: false,
            due_at: noon(1),
            word: number.to_string(),
            number,
        };
        store::outbox::push_many(&house.db, [new], noon(1)).await.expect("queued");
        store::outbox::sent(&house.db, NoticeId::new(number), None, noon(1)).await.expect("sent");
    }
    house
}

async fn says(house: &House, words: &str) -> String {
    let heard = exodus_engine::conversation::Heard::Text(words.to_owned());
    house.hear("anna", NUMBERED, heard).await.text.plain()
}

async fn states(house: &House) -> Vec<State> {
    let all = store::commitment::by_receiver(&house.db, member_of(house).await, &State::ALL, store::Slice::ALL).await;
    let mut all: Vec<_> = all.expect("rows").into_iter().map(|one| one.commitment).collect();
    all.sort_by_key(|commitment| commitment.id);
    assert!(all.iter().all(|commitment| commitment.sum == Money::from_minor(10_000)));
    all.into_iter().map(|commitment| commitment.state).collect()
}

async fn member_of(house: &House) -> exodus::domain::MemberId {
    let found = store::account::find_by_account(&house.db, "terminal", "anna").await.expect("a row");
    found.expect("anna").1.id
}

#[tokio::test]
async fn what_was_confirmed_by_a_name_or_a_number_is_not_confirmed_once_more_by_the_word_alone() {
    use State::{Claimed, Fulfilled};
    for first in ["confirm Boris", "confirm № 1"] {
        let house = house([Claimed, Claimed], &[(0, "notice-claimed"), (1, "notice-claimed")]).await;
        says(&house, "menu").await;
        says(&house, first).await;
        assert_eq!(states(&house).await, [Fulfilled, Claimed], "{first}");
        let twice = says(&house, "confirm").await;
        assert!(twice.starts_with(&house.words("en", &msg!("page-twice"))), "{first}: {twice}");
        assert_eq!(states(&house).await, [Fulfilled, Claimed], "{first}, and the word alone");
        // The third time it is meant.
        says(&house, "confirm").await;
        assert_eq!(states(&house).await, [Fulfilled, Fulfilled], "{first}");
    }
}

#[tokio::test]
async fn the_words_of_a_message_that_is_over_do_no_other_deed() {
    use State::{Intention, Obligation};
    let house = house([Obligation, Intention], &[(0, "notice-intention"), (0, "notice-promised")]).await;
    house.presses("anna", "/menu").await;
    house.presses("anna", "/commitment/1").await;
    let text = says(&house, "ask to promise").await;
    assert!(text.starts_with(&house.words("en", &msg!("page-stale"))), "{text}");
    let asked = store::commitment::find(&house.db, exodus::domain::CommitmentId::new(1)).await.expect("a row");
    assert_eq!(asked.expect("it").asked_at, None, "nobody was asked to keep a promise");
    // What the page says is done by the words of the page.
    says(&house, "ask to keep").await;
    let asked = store::commitment::find(&house.db, exodus::domain::CommitmentId::new(1)).await.expect("a row");
    assert!(asked.expect("it").asked_at.is_some());
}

#[tokio::test]
async fn a_yes_is_no_beginning_of_another_word() {
    let house = house([State::Claimed, State::Intention], &[(0, "notice-claimed")]).await;
    house.speak(member_of(&house).await, "ru").await;
    // «Мои данные» stands there.
    house.presses("anna", "/profile").await;
    let text = says(&house, "да").await;
    assert!(!text.contains(&house.words("ru", &msg!("my-data-what"))), "{text}");
}

#[tokio::test]
async fn a_doubled_number_goes_one_step_round_and_no_further() {
    let house = house([State::Claimed, State::Intention], &[]).await;
    house.presses("anna", "/menu").await;
    says(&house, "profile").await;
    says(&house, "notifications").await;
    says(&house, "2").await;
    let twice = says(&house, "2").await;
    assert!(twice.starts_with(&house.words("en", &msg!("page-twice"))), "{twice}");
    let chosen = store::notification::of(&house.db, member_of(&house).await).await.expect("rows");
    let modes: Vec<&str> = chosen.iter().map(|row| row.mode.as_str()).collect();
    assert_eq!(modes, ["digest"]);
}
