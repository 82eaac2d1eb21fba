//! Replies to notices, where there are no buttons: they take the notice's choices and nothing of the open page.

use exodus::domain::{About, CommitmentId, MemberId, Money, State};
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::conversation::{Caps, Heard, Incoming, Rendered};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

use crate::community::{help, member, monthly, noon};
use crate::house::{House, KEYBOARD, NUMBERED, dump, update};

/// The message in which anna is asked whether what boris gave has reached her; and one that asks nothing.
pub const ASKED: &str = "$asked:example.org";
const TOLD: &str = "$told:example.org";

/// Anna has two notices; the first one waits for her answer.
pub async fn house() -> House {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    let asks = monthly(&house.db, anna).await;
    let claimed = help(&house.db, boris, &asks, 10_000, State::Claimed).await.id;
    let notices = [("notice-claimed", 1), ("notice-confirmed", 2)].map(|(kind, number)| store::outbox::New {
        recipient: anna,
        kind: kind.to_owned(),
        facts: format!(r#"{{"name":{{"member":{boris}}},"sum":{{"sum":10000}}}}"#),
        about: Some(About::Commitment(claimed).to_string()),
        record: None,
        priority: 0,
        by_day: false,
        due_at: noon(1),
        word: number.to_string(),
        number,
    });
    store::outbox::push_many(&house.db, notices, noon(1)).await.expect("queued");
    for (id, message) in [(1, ASKED), (2, TOLD)] {
        store::outbox::sent(&house.db, NoticeId::new(id), Some(message), noon(1)).await.expect("sent");
    }
    house
}

fn reply(who: &str, message: &str, words: &str) -> Incoming {
    Incoming { reply_to: Some(message.to_owned()), ..update(who, Heard::Text(words.to_owned())) }
}

async fn replies(house: &House, caps: Caps, message: &str, words: &str) -> Rendered {
    house.turn(caps, &reply("anna", message, words)).await.expect("a turn").expect("an answer").rendered
}

async fn state(house: &House) -> State {
    store::commitment::find(&house.db, CommitmentId::new(1)).await.expect("a row").expect("the commitment").state
}

fn says(house: &House, page: &Rendered, lang: &str, msg: &Msg) -> bool {
    page.text.plain().starts_with(&house.words(lang, msg))
}

#[tokio::test]
async fn a_choice_is_taken_by_its_words_its_beginning_or_its_place_in_any_language() {
    for (words, becomes) in [
        ("confirm", State::Fulfilled),
        (" CONFIRM\n", State::Fulfilled),
        ("👍 Confirm 1", State::Fulfilled),
        ("confirm №1", State::Fulfilled),
        ("c", State::Fulfilled),
        ("1", State::Fulfilled),
        ("1.", State::Fulfilled),
        ("1️⃣", State::Fulfilled),
        ("١", State::Fulfilled),
        ("1. Confirm", State::Fulfilled),
        ("подтвердить", State::Fulfilled),
        ("Подтв", State::Fulfilled),
        ("yes", State::Fulfilled),
        ("Да!", State::Fulfilled),
        ("подтвердить 1", State::Fulfilled),
    ] {
        for lang in ["en", "ru"] {
            let house = house().await;
            house.speak(MemberId::new(1), lang).await;
            let page = replies(&house, NUMBERED, ASKED, words).await;
            assert_eq!(state(&house).await, becomes, "{words:?}\n{}", page.text.plain());
        }
    }
}

#[tokio::test]
async fn that_nothing_was_received_is_asked_about_however_it_is_said() {
    for words in ["2", "２", "not received", "✖️ Not received", "НЕ ПОЛУЧЕНО", "не пол", "no", "Нет", "не дошла"]
    {
        for lang in ["en", "ru"] {
            let house = house().await;
            house.speak(MemberId::new(1), lang).await;
            let page = replies(&house, NUMBERED, ASKED, words).await;
            let yes = house.words(lang, &msg!("sure-not-received-yes", sum = Money::from_minor(10_000)));
            assert!(page.text.plain().contains(&yes), "{words:?}\n{}", page.text.plain());
            assert_eq!(state(&house).await, State::Claimed, "{words:?}");
        }
    }
}

#[tokio::test]
async fn what_names_no_choice_is_told_what_does_and_changes_nothing() {
    let house = house().await;
    for (lang, choices) in
        [("en", "1. 👍 Confirm · 2. ✖️ Not received"), ("ru", "1. 👍 Подтвердить · 2. ✖️ Не получено")]
    {
        house.speak(MemberId::new(1), lang).await;
        let kept = dump(&house.db).await;
        for open in ["menu", "ask-emergency"] {
            for words in
                ["yes please", "да нет", "0", "3", "500", "12", "confirm 2", "confirm, please", "👍", " ", "x\ny"]
            {
                house.hear("anna", NUMBERED, Heard::Press(format!("/{open}"))).await;
                let page = replies(&house, NUMBERED, ASKED, words).await;
                let expected = msg!("page-reply-choices", choices = choices);
                assert!(says(&house, &page, lang, &expected), "{words:?}\n{}", page.text.plain());
                assert_eq!(dump(&house.db).await, kept, "{words:?}");
            }
        }
        let page = replies(&house, NUMBERED, TOLD, "thank you").await;
        assert!(says(&house, &page, lang, &msg!("page-reply-to-nothing")), "{}", page.text.plain());
    }
}

#[tokio::test]
async fn a_reply_never_takes_the_numbers_of_the_open_page() {
    let house = house().await;
    let organizer = house.hear("anna", NUMBERED, Heard::Press("/organizer".into())).await.text;
    house.hear("anna", NUMBERED, Heard::Press("/menu".into())).await;
    replies(&house, NUMBERED, ASKED, "3").await;
    let page = house.hear("anna", NUMBERED, Heard::Text("1".into())).await;
    assert_eq!(page.text, organizer);

    // Where a sum is asked for, it is the next one that counts.
    house.hear("anna", NUMBERED, Heard::Press("/ask-emergency".into())).await;
    let asks = replies(&house, NUMBERED, ASKED, "500").await;
    assert!(asks.asks && asks.text.plain().contains(&house.words("en", &msg!("choose-or-answer"))));
    let next = house.hear("anna", NUMBERED, Heard::Text("500".into())).await.text.plain();
    assert!(next.contains("By when?"), "{next}");
}

#[tokio::test]
async fn a_notice_that_was_answered_says_so() {
    let house = house().await;
    let done = replies(&house, NUMBERED, ASKED, "confirm").await;
    assert!(!says(&house, &done, "en", &msg!("notice-answered")), "{}", done.text.plain());
    let again = replies(&house, NUMBERED, ASKED, "confirm").await;
    assert!(says(&house, &again, "en", &msg!("notice-answered")), "{}", again.text.plain());
    house.hear("anna", NUMBERED, Heard::Press("/menu".into())).await;
    let kept = dump(&house.db).await;
    for words in ["confirm", "2"] {
        let page = replies(&house, NUMBERED, ASKED, words).await;
        assert!(says(&house, &page, "en", &msg!("notice-answered")), "{words:?}\n{}", page.text.plain());
        assert_eq!(dump(&house.db).await, kept, "{words:?}");
    }
}

#[tokio::test]
async fn a_reply_that_comes_late_still_answers_its_notice() {
    let house = house().await;
    let late = reply("anna", ASKED, "confirm");
    house.hear("anna", NUMBERED, Heard::Press("/ask-emergency".into())).await;
    house.turn(NUMBERED, &late).await.expect("a turn");
    assert_eq!(state(&house).await, State::Fulfilled);
}

#[tokio::test]
async fn a_command_in_a_reply_is_a_command() {
    let house = house().await;
    let kept = dump(&house.db).await;
    let menu = house.hear("anna", NUMBERED, Heard::Press("/menu".into())).await;
    for words in ["menu", "!меню", "/start"] {
        house.hear("anna", NUMBERED, Heard::Press("/faq".into())).await;
        assert_eq!(replies(&house, NUMBERED, ASKED, words).await.text, menu.text, "{words:?}");
    }
    house.hear("anna", NUMBERED, Heard::Press("/ask-emergency".into())).await;
    let page = replies(&house, NUMBERED, ASKED, "отмена").await;
    assert!(says(&house, &page, "en", &msg!("page-cancelled")), "{}", page.text.plain());
    assert_eq!(dump(&house.db).await, kept);
}

#[tokio::test]
async fn a_reply_to_anything_but_ones_own_notice_or_the_open_page_does_nothing() {
    let house = house().await;
    let kept = dump(&house.db).await;
    let organizer = house.hear("anna", NUMBERED, Heard::Press("/organizer".into())).await.text;
    for (who, message) in [("anna", "$an old page"), ("anna", ""), ("boris", ASKED)] {
        for (open, words) in [("menu", "1"), ("menu", "0"), ("menu", "profile"), ("ask-emergency", "500")] {
            house.hear(who, NUMBERED, Heard::Press(format!("/{open}"))).await;
            let page = house.turn(NUMBERED, &reply(who, message, words)).await.expect("a turn").expect("an answer");
            let page = page.rendered;
            assert!(says(&house, &page, "en", &msg!("page-not-open")), "{words:?} {}", page.text.plain());
            assert_eq!((page.asks, dump(&house.db).await), (open != "menu", kept.clone()), "{who} {message} {words}");
        }
    }
    // It is known in which message the open page is shown.
    house.hear("anna", NUMBERED, Heard::Press("/menu".into())).await;
    let rev = store::session::load(&house.db, "terminal", "anna").await.unwrap().expect("a session").rev;
    store::session::note_shown(&house.db, "terminal", "anna", rev, (Some("$the page"), None)).await.unwrap();
    assert_eq!(replies(&house, NUMBERED, "$the page", "1").await.text, organizer);
    let page = replies(&house, NUMBERED, "$the page", "1").await;
    assert!(says(&house, &page, "en", &msg!("page-not-open")), "another is open by now");
    assert_eq!(dump(&house.db).await, kept);
}

#[tokio::test]
async fn where_there_are_buttons_words_in_a_reply_answer_the_notice_and_numbers_nothing() {
    let house = house().await;
    let kept = dump(&house.db).await;
    // A notice with buttons shows no numbers.
    for words in ["0", "1", "profile"] {
        house.hear("anna", KEYBOARD, Heard::Press("/menu".into())).await;
        let page = replies(&house, KEYBOARD, ASKED, words).await.text.plain();
        assert!(page.starts_with("That message can be answered with: 👍 Confirm · ✖️ Not received."), "{page}");
        assert_eq!(dump(&house.db).await, kept, "{words}");
    }
    // As long as nobody knows in which message the open page stands, it is taken for that one.
    let organizer = house.hear("anna", KEYBOARD, Heard::Press("/organizer".into())).await.text;
    house.hear("anna", KEYBOARD, Heard::Press("/menu".into())).await;
    assert_eq!(replies(&house, KEYBOARD, "$just sent", "organizer").await.text, organizer);
    // Then another one is one of before, also where the page was changed in its place.
    for (message, live) in [(Some("$the page"), None), (None, Some("$the page"))] {
        house.hear("anna", KEYBOARD, Heard::Press("/menu".into())).await;
        let rev = store::session::load(&house.db, "terminal", "anna").await.unwrap().expect("a session").rev;
        store::session::note_shown(&house.db, "terminal", "anna", rev, (message, live)).await.unwrap();
        let page = replies(&house, KEYBOARD, "$an old page", "organizer").await;
        assert!(says(&house, &page, "en", &msg!("page-not-open")), "{}", page.text.plain());
        assert_eq!(dump(&house.db).await, kept);
    }
    replies(&house, KEYBOARD, ASKED, "confirm").await;
    assert_ne!(dump(&house.db).await, kept, "it is confirmed");
}
