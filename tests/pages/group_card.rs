//! What is shown in the group of a circle, of a pool, and of an initiative: it fits, however many there are and however they are called, and says
//! what is so.

use exodus::aid::GROUP_CARD;
use exodus::domain::initiative::{Title, Words};
use exodus::domain::pool::MOST_CASES;
use exodus::domain::{CaseWords, GroupOf, Money, State};
use exodus::store;
use exodus_engine::conversation::{Bot, Kept, Moment, OsChance, Reader, Rendered, render_notice};
use exodus_engine::id::PersonId;
use exodus_engine::locale::NAME_CHARACTERS;

use crate::community::{emergency, help, member, monthly, noon};
use crate::house::{House, KEYBOARD, NUMBERED};
use crate::limits;
use crate::notices::longest;

/// The group of this member's circle.
async fn group(house: &House, keeper: PersonId) -> PersonId {
    let (address, place, about) = ("-100", None, Some(keeper.number()));
    let new =
        store::chat::New { messenger: "terminal", address, place, keeper, lang: "en", card_kind: GROUP_CARD, about };
    store::chat::insert(&house.db, new, noon(1)).await.unwrap()
}

/// What is told there, in each language and as each messenger shows it.
async fn shown(house: &House, group: PersonId, kind: &str) -> Vec<Rendered> {
    let tx = store::begin(&house.db).await.unwrap();
    let kept = Kept { to: group, kind: kind.to_owned(), facts: "{}".to_owned(), about: None };
    let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
    let page = house.bot.notices(&at, &[kept]).await.unwrap().remove(0).expect("a page");
    let mut all = Vec::new();
    for language in house.locales.languages() {
        for caps in [KEYBOARD, NUMBERED] {
            let rendered = render_notice(&house.locales, Reader::of(&language.code), caps, &page, &longest());
            limits::hold(kind, &house.locales, &language.code, caps, &rendered);
            all.push(rendered);
        }
    }
    all
}

#[tokio::test]
async fn the_card_fits_with_the_longest_names_and_says_how_many_more_there_are() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let longest = "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}".repeat(NAME_CHARACTERS / 7);
    store::member::set_name(&house.db, anna, &"W".repeat(NAME_CHARACTERS)).await.unwrap();
    let (fund, sos) = (monthly(&house.db, anna).await, emergency(&house.db, anna).await);
    for number in 0..60 {
        let helper = member(&house.db, &format!("helper{number}")).await;
        store::member::set_name(&house.db, helper, &longest).await.unwrap();
        let (to, state) = if number % 2 == 0 { (&fund, State::Intention) } else { (&sos, State::Obligation) };
        help(&house.db, helper, to, 99_999_999, state).await;
    }
    let group = group(&house, anna).await;
    for page in shown(&house, group, GROUP_CARD).await {
        let text = page.text.plain();
        assert!(text.contains("10 more") || text.contains("ещё 10"), "{text}");
    }
}

#[tokio::test]
async fn while_its_owner_is_suspended_the_card_is_paused_and_leads_nowhere() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    monthly(&house.db, anna).await;
    store::invite::insert(&house.db, "anna-token", anna, anna, noon(1)).await.unwrap();
    let group = group(&house, anna).await;
    let says = async |kind: &str| shown(&house, group, kind).await[0].clone();
    assert!(says(GROUP_CARD).await.text.plain().contains("€500"));
    assert!(says("group-help-out").await.text.plain().contains("anna-token"));
    store::member::suspend(&house.db, anna, "a reason", noon(2)).await.unwrap();
    let card = says(GROUP_CARD).await.text.plain();
    assert!(card.contains("paused") && !card.contains("€500") && !card.contains("Green"), "{card}");
    let way = says("group-help-out").await.text.plain();
    assert!(way.contains("paused") && !way.contains("anna-token"), "{way}");
}

#[tokio::test]
async fn the_card_of_a_pool_fits_with_the_longest_names_and_as_many_cases_as_there_may_be() {
    let house = House::in_memory().await;
    let mut members = Vec::new();
    for number in 0..MOST_CASES {
        let who = member(&house.db, &format!("member{number}")).await;
        store::member::set_name(&house.db, who, &"W".repeat(NAME_CHARACTERS)).await.unwrap();
        members.push(who);
    }
    let (pool, _) = crate::pool::pool(&house.db, &members, &"M".repeat(NAME_CHARACTERS), "The roof is gone.").await;
    let words = CaseWords::read("Water came in.").unwrap();
    for owner in &members[..MOST_CASES - 1] {
        let sum = Money::from_minor(99_999_999);
        store::pool::case::insert(&house.db, (pool, *owner), &words, sum, noon(28), noon(2)).await.unwrap();
    }
    let (messenger, address, place, about) = ("terminal", "-100", None, Some(pool.number()));
    let (keeper, card_kind) = (members[0], GroupOf::POOL);
    let new = store::chat::New { messenger, address, place, keeper, lang: "en", card_kind, about };
    let group = store::chat::insert(&house.db, new, noon(1)).await.unwrap();
    for page in shown(&house, group, GroupOf::POOL).await {
        let text = page.text.plain();
        assert_eq!(text.matches('📌').count(), MOST_CASES, "{text}");
        assert!(!text.contains("roof") && !text.contains("Water"), "what has happened is for the members: {text}");
    }
    for page in shown(&house, group, "group-help-out").await {
        assert!(page.text.plain().contains("MMM"));
    }
}

#[tokio::test]
async fn the_card_of_an_initiative_fits_with_the_longest_texts_and_names_nobody_but_its_initiator() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    store::member::set_name(&house.db, anna, &"W".repeat(NAME_CHARACTERS)).await.unwrap();
    let (title, words) = ("M".repeat(Title::LONGEST), "N".repeat(Words::LONGEST));
    let id = crate::initiative::initiative(&house.db, anna, &title, &words).await;
    store::initiative::add_news(&house.db, id, &words, noon(2)).await.unwrap();
    let initiative = store::collection::find(&house.db, id).await.unwrap().unwrap();
    for number in 0..3 {
        let voter = member(&house.db, &format!("voter{number}")).await;
        help(&house.db, voter, &initiative, 99_999_999, State::Intention).await;
    }
    let (messenger, address, place, about) = ("terminal", "-100", None, Some(id.number()));
    let (keeper, card_kind) = (anna, GroupOf::INITIATIVE);
    let new = store::chat::New { messenger, address, place, keeper, lang: "en", card_kind, about };
    let group = store::chat::insert(&house.db, new, noon(1)).await.unwrap();
    for page in shown(&house, group, GroupOf::INITIATIVE).await {
        let text = page.text.plain();
        assert!(text.contains(&title) && !text.contains("voter0"), "{text}");
    }
    for page in shown(&house, group, "group-help-out").await {
        assert!(page.text.plain().contains("MMM"));
    }
    // While its initiator is suspended nobody can vote, and their invites lead nowhere.
    store::member::suspend(&house.db, anna, "a reason", noon(2)).await.unwrap();
    assert!(shown(&house, group, GroupOf::INITIATIVE).await[0].text.plain().contains("suspended"));
    assert!(shown(&house, group, "group-help-out").await[0].text.plain().contains("paused"));
}
