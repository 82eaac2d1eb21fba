//! Who sees what by a program: the same viewers as on the pages (`who_sees`), all that there is to ask about a member.
//! What is not theirs to see is answered as what does not exist, to the letter.

use exodus::domain::{CollectionId, Ending, MemberId, PaymentName, PaymentValue};
use exodus::store;
use serde_json::Value;

use crate::community::{member, noon};
use crate::house::{ADMINISTRATOR, deed, dump};
use crate::programs::Programs;
use crate::who_sees::{VIEWERS, house};
use crate::who_sees_pools::POOL;

/// A number that nothing has.
const NOWHERE: &str = "999999";

/// Those who may see Anna, as `VIEWERS` says of each.
const SEE: &[&str] = &["Anna", "Boris", "Vera", "Gleb", "Dina", "Ivan"];

/// She and Boris, who helps her.
const SIDES: &[&str] = &["Anna", "Boris"];

const ANNA: &[&str] = &["Anna"];

/// Who may ask for something.
#[derive(Clone, Copy)]
enum For {
    /// These may, and nothing is changed by it.
    These(&'static [&'static str]),
    /// These may do it: only all others are asked.
    AllBut(&'static [&'static str]),
}
use For::{AllBut, These};

/// What names Anna or is hers, and who may ask for it: `{id}` is 1.
const ASKED: [(&str, &str, &str, For); 38] = [
    ("GET", "/members/{id}", "", These(SEE)),
    ("GET", "/members/{id}/circle", "", These(SEE)),
    ("GET", "/members/{id}/helps", "", These(SEE)),
    // More than is missing: nothing comes of it, and only who sees the card is told so.
    ("POST", "/collections/{id}/help", r#"{"sum":"499"}"#, These(SEE)),
    ("POST", "/invites", r#"{"member":{id}}"#, AllBut(SEE)),
    ("DELETE", "/invites/{id}", "", AllBut(ANNA)),
    ("POST", "/me/collections/{id}", r#"{"sum":"1"}"#, AllBut(ANNA)),
    ("DELETE", "/me/collections/{id}", "", AllBut(ANNA)),
    ("GET", "/commitments/{id}", "", These(SIDES)),
    ("POST", "/commitments/{id}/promise", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/fulfil_now", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/change", r#"{"sum":"1"}"#, AllBut(SIDES)),
    ("POST", "/commitments/{id}/withdraw", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/claim", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/claim_part", r#"{"sum":"1"}"#, AllBut(SIDES)),
    ("POST", "/commitments/{id}/remind", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/take_back", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/note", r#"{"note":"x"}"#, AllBut(SIDES)),
    ("POST", "/commitments/{id}/confirm", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/not_received", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/take_confirmation_back", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/ask_to_promise", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/ask_to_fulfil", "{}", AllBut(SIDES)),
    ("POST", "/commitments/{id}/forgive", "{}", AllBut(SIDES)),
    // A collection of hers is no initiative, for anybody.
    ("GET", "/initiatives/{id}", "", These(&[])),
    ("POST", "/initiatives/{id}", r#"{"sum":"1"}"#, These(&[])),
    ("POST", "/initiatives/{id}/vote", r#"{"sum":"1"}"#, These(&[])),
    ("POST", "/initiatives/{id}/news", r#"{"text":"x"}"#, These(&[])),
    ("DELETE", "/initiatives/{id}", "", These(&[])),
    ("GET", "/pools/{id}", "", These(POOL)),
    ("POST", "/pools/{id}/membership", r#"{"contribution":"100"}"#, These(POOL)),
    ("DELETE", "/pools/{id}/membership", "", AllBut(POOL)),
    ("POST", "/pools/{id}/invites", "{}", AllBut(POOL)),
    ("POST", "/pools/{id}/cases", r#"{"text":"x","sum":"1"}"#, AllBut(POOL)),
    ("GET", "/cases/{id}", "", These(POOL)),
    ("POST", "/cases/{id}/share", r#"{"sum":"1"}"#, AllBut(POOL)),
    ("POST", "/cases/{id}", r#"{"sum":"1"}"#, AllBut(POOL)),
    ("DELETE", "/cases/{id}", "", AllBut(POOL)),
];

/// So many may be asked for in one go by one token, twice each.
const AT_ONCE: usize = 19;

/// Asks for what is hers, and for what does not exist.
async fn both(programs: &Programs, token: &str, (method, path, body): (&str, &str, &str)) -> [(u16, Value); 2] {
    let at = async |id: &str| programs.asks(token, method, &path.replace("{id}", id), &body.replace("{id}", id)).await;
    [at("1").await, at(NOWHERE).await]
}

#[tokio::test]
async fn each_is_answered_what_is_for_them_and_else_as_if_there_were_nothing() {
    let house = house().await;
    let programs = Programs::of(&house).await;
    for (number, viewer) in (1..).zip(VIEWERS) {
        assert_eq!(viewer.card, SEE.contains(&viewer.name), "{}", viewer.name);
        let mut token = String::new();
        let kept = dump(&house.db).await;
        for (place, (method, path, body, whose)) in ASKED.into_iter().enumerate() {
            if place % AT_ONCE == 0 {
                token = Programs::allow(&house, MemberId::new(number)).await;
            }
            let may = match whose {
                These(names) => names.contains(&viewer.name),
                AllBut(names) if names.contains(&viewer.name) => continue,
                AllBut(_) => false,
            };
            let [found, nothing] = both(&programs, &token, (method, path, body)).await;
            let asked = format!("{} {method} {path}", viewer.name);
            assert_eq!(nothing.0, 404, "{asked}: {}", nothing.1);
            match may {
                true => assert_ne!(found.0, 404, "{asked}: {}", found.1),
                false => assert_eq!(found, nothing, "{asked}"),
            }
        }
        assert_eq!(dump(&house.db).await, kept, "{} has changed nothing", viewer.name);
    }
}

#[tokio::test]
async fn a_deed_of_the_other_side_is_answered_as_if_there_were_nothing() {
    let house = house().await;
    let programs = Programs::of(&house).await;
    let (anna, boris) =
        (Programs::allow(&house, MemberId::new(1)).await, Programs::allow(&house, MemberId::new(2)).await);
    let kept = dump(&house.db).await;
    let of_whom_is_helped = ["confirm", "not_received", "forgive", "ask_to_promise", "ask_to_fulfil"];
    let of_whoever_helps = ["promise", "fulfil_now", "withdraw", "claim", "remind", "take_back"];
    for (token, deeds) in [(&anna, &of_whoever_helps[..]), (&boris, &of_whom_is_helped[..])] {
        for deed in deeds {
            let [found, nothing] = both(&programs, token, ("POST", &format!("/commitments/{{id}}/{deed}"), "{}")).await;
            assert_eq!((found.0, &found.1), (404, &nothing.1), "{deed}");
        }
    }
    assert_eq!(dump(&house.db).await, kept);
}

/// The numbers of the members in a list.
fn members(list: &Value) -> Vec<i64> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["member"]["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn sums_names_and_ways_to_pay_are_for_those_whom_they_concern() {
    let house = house().await;
    let (name, value) = (PaymentName::read("Card").unwrap(), PaymentValue::read("123 456").unwrap());
    for whose in [1, 3] {
        store::payment_detail::insert(&house.db, MemberId::new(whose), &name, &value, true).await.unwrap();
    }
    let programs = Programs::of(&house).await;
    for (number, viewer) in (1..).zip(VIEWERS) {
        let (who, token) = (viewer.name, Programs::allow(&house, MemberId::new(number)).await);
        let network = programs.gets(&token, "/network").await;
        assert_eq!(members(&network).contains(&1), viewer.network, "{who}: {network}");
        let beyond = programs.gets(&token, "/network?who=beyond").await;
        assert_eq!(members(&beyond).contains(&1), viewer.beyond, "{who}: {beyond}");
        // Vera, who asks for nothing, is seen by some, and how to pay her by herself alone.
        let (status, vera) = programs.asks(&token, "GET", "/members/3", "").await;
        assert!(status == 404 || who == "Vera" || vera["payment"].is_null(), "{who}: {vera}");
        if !viewer.card {
            continue;
        }
        let card = programs.gets(&token, "/members/1").await;
        assert_eq!(card["payment"][0]["value"], "123 456", "{who}: {card}");
        assert_eq!(card["requests"][0]["claimed"], "123", "{who}: {card}");
        let helper = &card["requests"][0]["circle"][0];
        assert_eq!(
            (&helper["member"]["name"], helper["sum"] == "123"),
            (&"Boris".into(), viewer.sums),
            "{who}: {card}"
        );
        assert_eq!(helper["sum"].is_null(), !viewer.sums, "{who}: {card}");
        let circle = programs.gets(&token, "/members/1/circle").await;
        let helper = &circle["items"][0];
        assert_eq!(helper["member"]["id"], 2, "{who}: {circle}");
        assert_eq!(helper["seen"], viewer.boris, "{who}: {circle}");
        assert_eq!(helper["gives"].as_array().unwrap().is_empty(), !viewer.sums, "{who}: {circle}");
        let helps = programs.gets(&token, "/members/1/helps").await;
        assert_eq!(members(&helps).contains(&9), viewer.olga, "{who}: {helps}");
        assert!(!helps.to_string().contains("77"), "what she gives is Olga's and her circle's affair: {who}: {helps}");
    }
}

#[tokio::test]
async fn the_far_circle_is_answered_nothing_of_whoever_needs_nothing() {
    let house = house().await;
    store::collection::end(&house.db, CollectionId::new(1), Ending::Ended, noon(3)).await.unwrap();
    let programs = Programs::of(&house).await;
    for (number, viewer) in (1..).zip(VIEWERS) {
        let token = Programs::allow(&house, MemberId::new(number)).await;
        let [found, nothing] = both(&programs, &token, ("GET", "/members/{id}", "")).await;
        let sees = viewer.card && !viewer.beyond;
        assert_eq!(found == nothing, !sees, "{}: {}", viewer.name, found.1);
        assert!(!sees || found.1["payment"].is_null(), "{}: {}", viewer.name, found.1);
        let beyond = programs.gets(&token, "/network?who=beyond").await;
        assert!(!members(&beyond).contains(&1), "{}: {beyond}", viewer.name);
    }
}

#[tokio::test]
async fn whoever_is_suspended_administers_or_has_left_is_answered_nothing_of_anybody() {
    let house = house().await;
    let (sava, lena) = (member(&house.db, "Sava").await, member(&house.db, "Lena").await);
    let administrator = member(&house.db, ADMINISTRATOR).await;
    let programs = Programs::of(&house).await;
    let mut tokens = Vec::new();
    for _ in ASKED.chunks(AT_ONCE) {
        let mut of_each = Vec::new();
        for who in [sava, lena, administrator] {
            of_each.push(Programs::allow(&house, who).await);
        }
        tokens.push(of_each);
    }
    let page = house.presses("Lena", "/leave").await;
    house.presses("Lena", &deed(&page, "leave")).await;
    store::member::suspend(&house.db, sava, "a reason", noon(2)).await.unwrap();
    let kept = dump(&house.db).await;
    for (place, (method, path, body, _)) in ASKED.into_iter().enumerate() {
        for (token, status) in tokens[place / AT_ONCE].iter().zip([403, 401, 404]) {
            let [found, nothing] = both(&programs, token, (method, path, body)).await;
            assert_eq!((found.0, &found.1), (status, &nothing.1), "{token} {method} {path}");
        }
    }
    for path in
        ["/network", "/network?who=near", "/network?who=beyond", "/commitments", "/invites", "/initiatives", "/pools"]
    {
        let found = programs.gets(&tokens[0][2], path).await;
        assert_eq!(found["items"], Value::Array(Vec::new()), "{path}");
    }
    assert_eq!(dump(&house.db).await, kept);
}

/// What is no number of anything.
const NO_NUMBERS: [&str; 12] = [
    "-1",
    "0",
    "one",
    "1x",
    "%31%20",
    "1%0A",
    "1%00",
    "99999999999999999999",
    "%27%20OR%201=1%20--",
    "%F0%9F%92%A5",
    "..%2Fme",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

#[tokio::test]
async fn what_is_no_number_names_nothing() {
    let house = house().await;
    let programs = Programs::of(&house).await;
    let token = Programs::allow(&house, MemberId::new(8)).await;
    let kept = dump(&house.db).await;
    let nothing = programs.asks(&token, "GET", "/members/999999", "").await;
    for (method, path, body) in [
        ("GET", "/members/{id}", ""),
        ("GET", "/commitments/{id}", ""),
        ("POST", "/commitments/{id}/confirm", "{}"),
        ("POST", "/collections/{id}/help", r#"{"sum":"1"}"#),
        ("DELETE", "/invites/{id}", ""),
        ("GET", "/cases/{id}", ""),
    ] {
        for number in NO_NUMBERS {
            let found = programs.asks(&token, method, &path.replace("{id}", number), body).await;
            assert_eq!(found, nothing, "{method} {path} {number}");
        }
    }
    assert_eq!(dump(&house.db).await, kept);
}
