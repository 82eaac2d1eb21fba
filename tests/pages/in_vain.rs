//! Who asks somebody that can't be reached is told so; and a button that is gone for a day leaves word of it.

use exodus::domain::State;
use exodus::store;
use exodus_engine::msg;

use crate::community::{help, member, monthly, noon};
use crate::house::{House, deed};

#[tokio::test]
async fn who_is_asked_in_vain_is_named() {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    let asks = monthly(&house.db, anna).await;
    let intention = help(&house.db, boris, &asks, 10_000, State::Intention).await;
    let account = store::account::of_person(&house.db, boris).await.unwrap().remove(0);
    store::account::mark_unreachable(&house.db, account.id, noon(1)).await.unwrap();

    let page = house.presses("anna", &format!("/commitment/{}", intention.id)).await;
    let page = house.presses("anna", &deed(&page, "ask_to_promise")).await;
    let asked = msg!("done-ask-to-promise", name = "boris");
    let in_vain = house.words("en", &msg!("done-in-vain", done = asked, name = "boris"));
    let said = page.text.plain();
    assert!(said.starts_with(&in_vain), "{said}");
    assert!(said.contains("You can ask again"), "{said}");

    store::account::mark_reachable(&house.db, account.id).await.unwrap();
    let obligation = help(&house.db, member(&house.db, "clara").await, &asks, 5_000, State::Obligation).await;
    let page = house.presses("anna", &format!("/commitment/{}", obligation.id)).await;
    let page = house.presses("anna", &deed(&page, "ask_to_fulfil")).await;
    assert!(!page.text.plain().contains("get through"), "{}", page.text.plain());
}
