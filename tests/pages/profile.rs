//! What members say about themselves, and who reads it.

use exodus::domain::{CollectionKind, Ending, MemberId, PaymentName, PaymentValue, SIGNS_OF_STATUS, State};
use exodus::store;
use exodus_engine::conversation::{Does, Heard, Rendered};
use exodus_engine::locale::{Style, clean_name};
use exodus_engine::msg;
use sea_orm::EntityTrait;

use crate::community::{emergency, help, member, monthly, noon};
use crate::everybody::pay;
use crate::house::{House, KEYBOARD, NUMBERED, deed, presses};

const IBAN: &str = "ME25 5050 0001 2345 6789 51";

/// The addresses that a page opens.
fn opens(page: &Rendered) -> Vec<&str> {
    let does = page.buttons.iter().flatten().map(|button| &button.does);
    does.filter_map(|does| if let Does::Open(url) = does { Some(url.as_str()) } else { None }).collect()
}

#[tokio::test]
async fn a_new_name_stands_on_the_very_page_that_comes_next() {
    let house = House::in_memory().await;
    member(&house.db, "anna").await;
    for (name, from) in [("Anna Petrova", "/menu"), ("Anna P.", "/profile")] {
        house.presses("anna", "/menu").await;
        house.presses("anna", from).await;
        house.presses("anna", "/name").await;
        let page = house.says("anna", name).await.text.plain();
        assert_eq!(page.matches(name).count(), 2, "in the line about it, and on the page: {page}");
    }
}

#[tokio::test]
async fn no_name_shows_how_somebody_is() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let shown = [msg!("sign-green"), msg!("sign-orange"), msg!("sign-red")].map(|sign| house.words("en", &sign));
    let suspended = house.words("en", &msg!("people-one-suspended", name = ""));
    for sign in shown.iter().map(String::as_str).chain([suspended.trim()]) {
        assert!(sign.chars().any(|sign| SIGNS_OF_STATUS.contains(&sign)), "{sign}");
        house.presses("anna", "/menu").await;
        house.presses("anna", "/name").await;
        let page = house.says("anna", &format!("Jose {sign}")).await.text.plain();
        assert!(page.starts_with(&house.words("en", &msg!("name-sign"))), "{page}");
        assert_eq!(store::member::find(&house.db, anna).await.unwrap().unwrap().name, "anna");
        // What a newcomer is called elsewhere is taken without it.
        let comer = format!("{sign} Rosa {sign}");
        let page = house.says(&comer, "/start").await;
        house.presses(&comer, &deed(&page, "en")).await;
    }
    let named = store::member::Entity::find().all(&house.db).await.unwrap();
    assert_eq!(named.iter().filter(|one| one.name == "Rosa").count(), 4);
}

#[tokio::test]
async fn a_link_about_oneself_is_opened_by_a_button_and_stands_in_the_text_as_words_alone() {
    let house = House::in_memory().await;
    member(&house.db, "anna").await;
    for (about, opened) in [
        ("I bake: https://example.org/bread", &["https://example.org/bread"][..]),
        ("https://bank.example@evil.org/", &[]),
        ("tg://user?id=1 @room /start", &[]),
    ] {
        house.presses("anna", "/menu").await;
        house.presses("anna", "/about").await;
        house.says("anna", about).await;
        for place in ["/profile", "/card/1"] {
            let page = house.presses("anna", place).await;
            assert_eq!(opens(&page), opened, "{about} at {place}");
            let ours = page.text.spans.iter().filter(|span| !span.words);
            assert!(ours.clone().all(|span| !span.text.contains(about)), "{about} at {place}");
            assert!(page.text.spans.iter().any(|span| span.words && span.text == about), "{about} at {place}");
        }
    }
}

#[tokio::test]
async fn payment_details_are_added_in_five_presses_and_answers_from_the_main_menu() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let mut page = house.presses("anna", "/menu").await;
    for link in ["/profile", "/payment", "/payment-add"] {
        assert!(presses(&page).contains(&link), "{link}: {}", page.text.plain());
        page = house.presses("anna", link).await;
    }
    house.says("anna", "Card").await;
    house.says("anna", IBAN).await;
    let kept = store::payment_detail::of(&house.db, anna).await.unwrap();
    assert_eq!(kept.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect::<Vec<_>>(), [("Card", IBAN)]);
}

/// Anna, who can be paid; Boris, whom she helps, and Clara, who helps him too; Dan, who knows Anna, and Mallory, who knows
/// none of them.
async fn around_anna(house: &House) -> MemberId {
    let db = &house.db;
    let [anna, boris, clara, dan] = ["anna", "boris", "clara", "dan"].map(|name| member(db, name));
    let (anna, boris, clara, dan) = (anna.await, boris.await, clara.await, dan.await);
    member(db, "mallory").await;
    pay(db, anna, &["IBAN"], IBAN).await;
    let asks = monthly(db, boris).await;
    for helper in [anna, clara] {
        help(db, helper, &asks, 1_000, State::Intention).await;
    }
    let link = store::invite::insert(db, "anna-token", anna, anna, noon(1)).await.unwrap();
    store::acquaintance::by_invite(db, (dan, anna), &link, noon(2)).await.unwrap();
    anna
}

#[tokio::test]
async fn a_card_shows_how_to_pay_an_orange_or_red_member_to_all_who_see_it_and_to_nobody_else() {
    for (kind, is_shown) in
        [(None, false), (Some(CollectionKind::Monthly), true), (Some(CollectionKind::Emergency), true)]
    {
        let house = House::in_memory().await;
        let anna = around_anna(&house).await;
        if kind == Some(CollectionKind::Monthly) {
            monthly(&house.db, anna).await;
        }
        if kind == Some(CollectionKind::Emergency) {
            emergency(&house.db, anna).await;
        }
        for (viewer, sees) in [("anna", true), ("boris", true), ("clara", true), ("dan", true), ("mallory", false)] {
            let page = house.presses(viewer, &format!("/card/{anna}")).await.text;
            assert_eq!(page.plain().contains(IBAN), sees && is_shown, "{viewer}, {kind:?}: {}", page.plain());
            let to_be_copied = page.spans.iter().any(|span| span.text == IBAN && span.style == Style::Code);
            assert_eq!(to_be_copied, sees && is_shown, "{viewer}, {kind:?}");
        }
    }
}

#[tokio::test]
async fn how_to_pay_is_read_on_a_card_however_long_the_names_of_those_are_who_help() {
    let house = House::in_memory().await;
    let db = &house.db;
    let anna = member(db, "anna").await;
    let asks = monthly(db, anna).await;
    store::member::set_about(db, anna, Some(&"ы".repeat(180))).await.unwrap();
    let ways: Vec<String> = (0..5).map(|n| format!("{n}{}", "ы".repeat(179))).collect();
    for (n, value) in ways.iter().enumerate() {
        let name = PaymentName::read(&format!("{n}{}", "ы".repeat(31))).unwrap();
        store::payment_detail::insert(db, anna, &name, &PaymentValue::read(value).unwrap(), n == 0).await.unwrap();
    }
    let names = (0..20).map(|n| clean_name(&format!("{n} {}", "👨‍👩‍👧‍👦".repeat(20))).unwrap());
    let names: Vec<String> = names.collect();
    for name in &names {
        let helper = member(db, name).await;
        help(db, helper, &asks, 1_000, State::Obligation).await;
    }
    let supporter = store::account::find_by_account(db, "terminal", &names[0]).await.unwrap().unwrap().1.id;
    for (viewer, who) in [("anna", anna), (&names[0], supporter)] {
        for (lang, caps) in [("en", KEYBOARD), ("en", NUMBERED), ("ru", KEYBOARD), ("ru", NUMBERED)] {
            house.speak(who, lang).await;
            let page = house.hear(viewer, caps, Heard::Press(format!("/card/{anna}"))).await.text;
            let (text, long) = (page.plain(), page.len_utf16());
            assert!(ways.iter().all(|way| text.contains(way)), "{viewer}: {text}");
            assert!((4_000..=4_096).contains(&long), "there is more than a page holds: {long}");
        }
    }
}

#[tokio::test]
async fn who_owes_what_they_promised_reads_how_to_pay_whatever_the_receiver_asks_for_by_then() {
    for state in State::ALL {
        let house = House::in_memory().await;
        let anna = around_anna(&house).await;
        let asks = monthly(&house.db, anna).await;
        let supporter = member(&house.db, "supporter").await;
        let promised = help(&house.db, supporter, &asks, 1_000, state).await;
        for is_green in [false, true] {
            if is_green {
                store::collection::end(&house.db, asks.id, Ending::Ended, noon(3)).await.unwrap();
            }
            for (who, reads) in [("supporter", true), ("anna", false), ("boris", false), ("mallory", false)] {
                let page = house.presses(who, &format!("/commitment/{}", promised.id)).await.text.plain();
                let is_owed = matches!(state, State::Obligation | State::Overdue);
                assert_eq!(page.contains(IBAN), reads && is_owed, "{who}, {state:?}, green: {is_green}\n{page}");
            }
        }
    }
}

#[tokio::test]
async fn sums_are_seen_in_a_second_currency_in_texts_and_by_whoever_chose_it_alone() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let asks = monthly(&house.db, anna).await;
    let boris = member(&house.db, "boris").await;
    help(&house.db, boris, &asks, 5_000, State::Obligation).await;
    let sums = async |who: &str| {
        let page = house.presses(who, "/card/1").await.text.plain();
        let lines = page.lines().filter(|line| line.contains('€'));
        lines.map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    let before = sums("boris").await;
    assert!(!before.is_empty() && !before.contains('≈'), "{before}");

    house.presses("boris", "/menu").await;
    let page = house.presses("boris", "/currency").await;
    for (deed, shown) in [("RUB", Some("€50 (≈\u{A0}₽4,925)")), ("USD", Some("€50 (≈\u{A0}$55)")), ("none", None)]
    {
        let offered = if deed == "RUB" { page.clone() } else { house.presses("boris", "/currency").await };
        let press = presses(&offered).into_iter().find(|press| press.ends_with(&format!(":{deed}"))).expect(deed);
        let done = house.presses("boris", press).await.text.plain();
        assert!(done.contains(if deed == "none" { "one currency" } else { deed }), "{done}");
        let seen = sums("boris").await;
        assert!(seen.contains(shown.unwrap_or(&seen)), "{deed}: {seen}");
        assert_eq!(seen.contains('≈'), shown.is_some(), "{deed}: {seen}");
        assert!(!sums("anna").await.contains('≈'), "anna has chosen none");
    }
}
