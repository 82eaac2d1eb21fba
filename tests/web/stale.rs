//! Two tabs, forms that are sent twice, and pages of before.

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_deed_or_an_answer_from_a_page_of_before_does_nothing() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut one = town.signed_in(&anna, "en").await;
    one.presses("I need help").await;
    one.presses("I need help every month").await.says("How much do you need every month?");
    let mut two = one.clone();
    two.goes("/").await.says("How much do you need every month?");

    // Another tab goes on; what is written in the first one is no answer to the question that is open now.
    two.writes("500").await.says("Is that right?");
    one.writes("900").await.says("That page is not open any more").says("“900”").says("€500").says_nothing_of("€900");
    let asked = one.clone();
    let mut two = one.clone();
    two.presses("Yes, ask").await.says("You are now Orange");
    let (form, press) = asked.page.button("Yes, ask");
    one.sends(&form, press.as_deref().map(|press| ("press", press))).await;
    one.page.says_nothing_of("€1,000");

    // The way to another page may be gone from any page.
    let mut old = asked;
    old.presses("Menu").await.says("Your status: Orange");
    old.goes("/").await.says("Your status: Orange");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_is_taken_once() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "Name"] {
        web.presses(label).await;
    }
    let form = web.page.forms().into_iter().find(|form| form.field.is_some()).unwrap();
    web.sends(&form, Some(("answer", "Anna Maria"))).await.says("Anna Maria");
    let after = web.page.text();
    web.sends(&form, Some(("answer", "Anna Maria"))).await;
    assert_eq!(web.page.text(), after);
    // Looking changes nothing, however often.
    for _ in 0..3 {
        assert_eq!(web.goes("/").await.text(), after);
    }
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_and_the_browser_stand_each_where_they_are() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    web.presses("Profile").await.says("My profile");
    town.walks(&anna, &[("FAQ", "It remembers who asked")]).await;
    web.goes("/").await.says("My profile");
    town.ends().await;
}
