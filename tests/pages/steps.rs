//! The ways of `docs/steps.md`, walked as they stand there.

use exodus::domain::{About, Commitment, MemberId, State, Status};
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::conversation::{Does, Heard, Incoming, Rendered};

use crate::community::{help, member, monthly, noon};
use crate::house::{House, NUMBERED, update};

const PAGE: &str = include_str!("../../docs/steps.md");

/// More than so many steps nobody should need for it.
const AT_MOST: [(&str, usize); 16] = [
    ("accept an invite and declare a sum", 2),
    ("withdraw an intention", 3),
    ("change the sum of an intention", 4),
    ("promise", 3),
    ("promise, when asked to", 1),
    ("claim", 3),
    ("claim, when asked to fulfil", 1),
    ("confirm", 2),
    ("confirm, when it is claimed", 1),
    ("ask to fulfil", 3),
    ("remind to confirm", 3),
    ("ask for help every month", 4),
    ("ask for help urgently", 5),
    ("get one's own invite", 2),
    ("get an invite for somebody in need", 2),
    ("add payment details", 5),
];

/// The message of the notice that somebody answers.
const ASKED: &str = "asked";

/// Where somebody stands before the first step.
struct Begun {
    house: House,
    who: &'static str,
    page: Rendered,
}

/// Anna asks for help every month; Boris knows her.
struct Two {
    house: House,
    anna: MemberId,
    boris: MemberId,
}

async fn two() -> Two {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    let made = store::invite::insert(&house.db, "anna-token-00000000001", anna, anna, noon(1)).await.unwrap();
    store::acquaintance::by_invite(&house.db, (boris, anna), &made, noon(1)).await.unwrap();
    Two { house, anna, boris }
}

/// Boris helps Anna with 100, in this state.
async fn helps(state: State) -> (Two, Commitment) {
    let two = two().await;
    let asks = monthly(&two.house.db, two.anna).await;
    let help = help(&two.house.db, two.boris, &asks, 10_000, state).await;
    (two, help)
}

async fn at_the_menu(house: House, who: &'static str) -> Begun {
    let page = house.presses(who, "/menu").await;
    Begun { house, who, page }
}

/// Somebody has this notice about the help, and replies to it.
async fn asked(two: Two, who: &'static str, kind: &str, help: &Commitment) -> Begun {
    let (to, from) = if who == "anna" { (two.anna, two.boris) } else { (two.boris, two.anna) };
    let notice = store::outbox::New {
        recipient: to,
        kind: kind.to_owned(),
        facts: format!(r#"{{"name":{{"member":{from}}},"sum":{{"sum":10000}}}}"#),
        about: Some(About::Commitment(help.id).to_string()),
        record: None,
        priority: 0,
        by_day: false,
        due_at: noon(1),
        word: "7".to_owned(),
        number: 7,
    };
    store::outbox::push_many(&two.house.db, [notice], noon(1)).await.unwrap();
    store::outbox::sent(&two.house.db, NoticeId::new(1), Some(ASKED), noon(1)).await.unwrap();
    at_the_menu(two.house, who).await
}

/// Everything as it is before the first step.
async fn begun(what: &str) -> Begun {
    match what {
        "accept an invite and declare a sum" => {
            let two = two().await;
            monthly(&two.house.db, two.anna).await;
            let page = two.house.says("clara", "start anna-token-00000000001").await;
            let language = pressed(&page, "English").expect("a language");
            let page = two.house.presses("clara", &language).await;
            Begun { house: two.house, who: "clara", page }
        }
        "withdraw an intention" | "change the sum of an intention" | "promise" => {
            at_the_menu(helps(State::Intention).await.0.house, "boris").await
        }
        "claim" => at_the_menu(helps(State::Obligation).await.0.house, "boris").await,
        "remind to confirm" => at_the_menu(helps(State::Claimed).await.0.house, "boris").await,
        "confirm" => at_the_menu(helps(State::Claimed).await.0.house, "anna").await,
        "ask to fulfil" => at_the_menu(helps(State::Obligation).await.0.house, "anna").await,
        "promise, when asked to" => {
            let (two, help) = helps(State::Intention).await;
            asked(two, "boris", "notice-asked-to-promise", &help).await
        }
        "claim, when asked to fulfil" => {
            let (two, help) = helps(State::Obligation).await;
            asked(two, "boris", "notice-asked-to-fulfil", &help).await
        }
        "confirm, when it is claimed" => {
            let (two, help) = helps(State::Claimed).await;
            asked(two, "anna", "notice-claimed", &help).await
        }
        "get an invite for somebody in need" => at_the_menu(helps(State::Intention).await.0.house, "boris").await,
        _ => at_the_menu(two().await.house, "anna").await,
    }
}

/// Whether it is done.
async fn is_done(what: &str, house: &House, page: &Rendered) -> bool {
    let db = &house.db;
    let (anna, boris) = (MemberId::new(1), MemberId::new(2));
    let of = async |who: MemberId| store::commitment::rows_of(db, who).await.unwrap().pop();
    let state = async |who: MemberId| of(who).await.map(|row| row.state);
    let is = async |expected: State| state(boris).await.as_deref() == Some(expected.as_str());
    let status = async |who: MemberId| {
        Status::of(store::collection::open_of(db, who).await.unwrap().iter().map(|open| open.kind))
    };
    match what {
        "accept an invite and declare a sum" => {
            of(MemberId::new(3)).await.is_some_and(|row| row.sum == 5_000 && row.state == State::Intention.as_str())
        }
        "withdraw an intention" => is(State::Withdrawn).await,
        "change the sum of an intention" => of(boris).await.is_some_and(|row| row.sum == 8_000),
        "promise" | "promise, when asked to" => is(State::Obligation).await,
        "claim" | "claim, when asked to fulfil" => is(State::Claimed).await,
        "confirm" | "confirm, when it is claimed" => is(State::Fulfilled).await,
        "ask to fulfil" => of(boris).await.is_some_and(|row| row.asked_at.is_some()),
        "remind to confirm" => of(boris).await.is_some_and(|row| row.reminded_at.is_some()),
        "ask for help every month" => status(anna).await == Status::Orange,
        "ask for help urgently" => status(anna).await == Status::Red,
        "get one's own invite" => page.text.plain().contains("start anna-token-00000000001"),
        "get an invite for somebody in need" => page.text.plain().contains("start invite-"),
        "add payment details" => store::payment_detail::of(db, anna).await.unwrap().len() == 1,
        other => panic!("what is {other}?"),
    }
}

/// What a button sends whose label begins so; three dots stand for a name.
fn pressed(page: &Rendered, label: &str) -> Option<String> {
    let (begins, ends) = label.split_once('…').unwrap_or((label, ""));
    let is_it = |label: &str| label.starts_with(begins) && label.ends_with(ends);
    let button = page.buttons.iter().flatten().find(|button| is_it(&button.label))?;
    if let Does::Press(press) = &button.does { Some(press.clone()) } else { None }
}

async fn walk(what: &str, way: &str) -> usize {
    let Begun { house, who, mut page } = begun(what).await;
    let (from, steps) = way.split_once(": ").map_or((None, way), |(from, steps)| (Some(from), steps));
    let is_reply = from.is_some_and(|from| from != "where the invite leads");
    // An arrow stands in signs, too, but with nothing around it.
    let steps: Vec<&str> = steps.split(" → ").collect();
    for step in &steps {
        let typed = step.strip_prefix('“').and_then(|typed| typed.strip_suffix('”'));
        page = match (typed, is_reply) {
            (Some(typed), _) => house.says(who, typed).await,
            (None, true) => {
                let reply =
                    Incoming { reply_to: Some(ASKED.to_owned()), ..update(who, Heard::Text((*step).to_owned())) };
                house.turn(NUMBERED, &reply).await.unwrap().unwrap().rendered
            }
            (None, false) => {
                let press = pressed(&page, step);
                let press = press.unwrap_or_else(|| panic!("{what}: no {step} on {}", page.text.plain()));
                house.presses(who, &press).await
            }
        };
    }
    assert!(is_done(what, &house, &page).await, "{what}: {}", page.text.plain());
    steps.len()
}

#[tokio::test]
async fn what_members_do_most_takes_no_more_steps_than_it_says() {
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")).skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split(" | ").collect()).collect();
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), AT_MOST.map(|(what, _)| what));
    for (row, (what, most)) in rows.iter().zip(AT_MOST) {
        let [_, said, way] = row[..] else { panic!("{row:?}") };
        let took = walk(what, way).await;
        assert_eq!(said, took.to_string(), "{what}");
        assert!(took <= most, "{what}: {took} steps");
    }
}
