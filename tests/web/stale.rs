//! Tabs, forms that are sent twice, and pages of before.

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_deed_or_an_answer_from_a_page_of_before_does_nothing() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut one = town.signed_in(&anna, "en").await;
    one.presses("I need help").await;
    one.presses("I need help every month").await.says("How much do you need every month?");
    let mut two = one.clone();
    two.looks_again().await.says("How much do you need every month?");

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
    old.looks_again().await.says("Your status: Orange");
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
        assert_eq!(web.looks_again().await.text(), after);
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
    web.looks_again().await.says("My profile");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_are_two_conversations() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut one = town.signed_in(&anna, "en").await;
    let mut two = one.clone();
    two.goes("/").await.says("Your status: Green");
    assert_ne!(one.tab(), two.tab());
    for label in ["Profile", "Name"] {
        one.presses(label).await;
    }
    for label in ["I need help", "I need help every month"] {
        two.presses(label).await;
    }
    two.page.says("How much do you need every month?");
    one.looks_again().await.says("What should you be called?");
    one.writes("Anna Maria").await.says("Anna Maria");
    two.looks_again().await.says("How much do you need every month?");
    two.writes("500").await.says("Is that right?");

    // What was open in a tab that has been given up by many others does nothing, and that is said.
    let stale = two.clone();
    for _ in 0..15 {
        town.clock
            .move_to(exodus_engine::conversation::Clock::now(town.clock.as_ref()) + chrono::TimeDelta::seconds(1));
        one.goes("/").await;
    }
    let mut stale = stale;
    stale.presses("Yes, ask").await.says("Your status: Green");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_when_the_session_had_ended_is_not_lost() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "About me"] {
        web.presses(label).await;
    }
    let mut other = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My accounts", "In a browser", "Sign out everywhere"] {
        other.presses(label).await;
    }
    web.writes("I mend bicycles").await.says("You are signed out").says("I mend bicycles");
    assert_eq!(web.page.status, 401);
    // Somebody else who signs in there reads nothing of it.
    let boris = town.member(102, "Boris", "en").await;
    let mut his = web.clone();
    let link = town.link(&boris).await;
    his.goes(&link).await;
    let form = his.page.forms().remove(0);
    his.sends(&form, None).await.says("Boris").says_nothing_of("bicycles");
    assert!(!his.page.body.contains("bicycles"));

    let link = town.link(&anna).await;
    web.goes(&link).await;
    let form = web.page.forms().remove(0);
    web.sends(&form, None).await;
    assert!(web.page.body.contains("value=\"I mend bicycles\""), "{}", web.page.body);
    web.writes("I mend bicycles").await.says("I mend bicycles");
    town.ends().await;
}
