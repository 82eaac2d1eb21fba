//! What a name, or a word for a status, means where no choice is called so.

use exodus::domain::{MemberId, State};
use exodus::store;
use exodus_engine::conversation::Rendered;
use exodus_engine::msg;
use sea_orm::DatabaseConnection;

use crate::community::{emergency, help, member, monthly, noon};
use crate::house::{House, dump, presses};

/// Anna knows so many, of whom the later ones stand on no page that she sees first.
async fn knows_many(db: &DatabaseConnection, many: usize) -> (MemberId, Vec<MemberId>) {
    let anna = member(db, "anna").await;
    let made = store::invite::insert(db, "a-token", anna, anna, noon(1)).await.unwrap();
    let mut known = Vec::new();
    for number in 0..many {
        let one = member(db, &format!("Known {number}")).await;
        store::acquaintance::by_invite(db, (one, anna), &made, noon(1)).await.unwrap();
        known.push(one);
    }
    (anna, known)
}

#[tokio::test]
async fn whoever_is_near_is_found_by_name_wherever_it_is_said() {
    let house = House::in_memory().await;
    let (_, known) = knows_many(&house.db, 40).await;
    for (place, number) in [("/members", 39), ("/members", 0), ("/menu", 20), ("/status", 30), ("/profile", 39)] {
        house.presses("anna", "/menu").await;
        house.presses("anna", place).await;
        let page = house.says("anna", &format!("KNOWN  {number}")).await;
        assert!(is_card_of(&page, known[number]), "{place}: {}", page.text.plain());
    }
    // Of whoever is not near, nothing is learned; nor of those who were taken out.
    member(&house.db, "Stranger").await;
    assert!(store::acquaintance::remove(&house.db, MemberId::new(1), known[5], noon(2)).await.unwrap());
    let mut answers = Vec::new();
    for name in ["Nobody", "Stranger", "Known 5"] {
        house.presses("anna", "/menu").await;
        answers.push(house.says("anna", name).await.text.plain());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

/// It is the card of somebody whom the reader has in their circle.
fn is_card_of(page: &Rendered, whose: MemberId) -> bool {
    presses(page).contains(&format!("/card/{whose}/part").as_str())
}

#[tokio::test]
async fn where_several_are_called_so_they_are_listed() {
    let house = House::in_memory().await;
    let (_, known) = knows_many(&house.db, 3).await;
    store::member::set_name(&house.db, known[1], "Known 0").await.unwrap();
    house.presses("anna", "/menu").await;
    let page = house.says("anna", "known 0").await;
    assert!(
        page.text.plain().starts_with(&house.words("en", &msg!("members-several-called"))),
        "{}",
        page.text.plain()
    );
    for one in &known[..2] {
        assert!(presses(&page).contains(&format!("/card/{one}").as_str()));
    }
}

#[tokio::test]
async fn a_status_that_one_has_already_is_no_word_that_nobody_knows() {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    monthly(&house.db, anna).await;
    emergency(&house.db, boris).await;
    member(&house.db, "vera").await;
    for (who, word, leads_to) in [
        ("vera", "green", None),
        ("anna", "orange", None),
        ("boris", "red", None),
        ("boris", "orange", Some("ending-emergency")),
    ] {
        house.presses(who, "/menu").await;
        let shown = house.presses(who, "/status").await;
        let kept = dump(&house.db).await;
        let page = house.says(who, word).await;
        match leads_to {
            None => {
                assert_eq!(page.text.plain().lines().next(), shown.text.plain().lines().next(), "{who} {word}");
            }
            Some(_) => {
                let asked = house.presses(who, "/end/2").await;
                assert_eq!(page.text.plain(), asked.text.plain(), "{who} {word}");
            }
        }
        assert_eq!(dump(&house.db).await, kept, "{who} {word}");
    }
}

#[tokio::test]
async fn whoever_is_suspended_has_no_status_in_lists() {
    let house = House::in_memory().await;
    let (anna, sava) = (member(&house.db, "anna").await, member(&house.db, "Sava").await);
    let asks = monthly(&house.db, sava).await;
    help(&house.db, anna, &asks, 1_000, State::Intention).await;
    store::member::suspend(&house.db, sava, "a reason", noon(2)).await.unwrap();
    house.presses("anna", "/menu").await;
    for route in ["/network", "/network/near", "/network/i-help"] {
        let page = house.presses("anna", route).await;
        let mut labels = page.buttons.iter().flatten().map(|button| button.label.as_str());
        let label = labels.find(|label| label.contains("Sava"));
        assert_eq!(label, Some("⏸ Sava"), "{route}");
    }
}
