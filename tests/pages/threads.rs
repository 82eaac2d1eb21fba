//! What is said in a thread of a messenger that has them: about what the thread began with, never about a page that stands
//! elsewhere; and where the answer goes.

use exodus::domain::{CommitmentId, MemberId, State};
use exodus::store;
use exodus_engine::conversation::{Answer, Caps, Heard, Incoming};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

use crate::house::{House, KEYBOARD, NUMBERED, dump, update};
use crate::replies::{ASKED, house};

async fn says(house: &House, caps: Caps, thread: Option<&str>, words: &str) -> Answer {
    let heard = Heard::Text(words.to_owned());
    let thread = thread.map(str::to_owned);
    let said = Incoming { reply_to: thread.clone(), thread, ..update("anna", heard) };
    house.turn(caps, &said).await.expect("a turn").expect("an answer")
}

async fn state(house: &House) -> State {
    store::commitment::find(&house.db, CommitmentId::new(1)).await.expect("a row").expect("the commitment").state
}

fn begins(house: &House, answer: &Answer, line: &Msg) -> bool {
    answer.rendered.text.plain().starts_with(&house.words("en", line))
}

async fn opened(at: &str) -> House {
    let house = house().await;
    house.speak(MemberId::new(1), "en").await;
    house.hear("anna", NUMBERED, Heard::Press(format!("/{at}"))).await;
    house
}

#[tokio::test]
async fn in_the_thread_of_a_notice_numbers_and_words_answer_it_whatever_page_is_open() {
    for at in ["menu", "ask-emergency"] {
        for words in ["1", "confirm", "yes"] {
            let house = opened(at).await;
            let answer = says(&house, NUMBERED, Some(ASKED), words).await;
            assert_eq!(
                (state(&house).await, answer.thread.as_deref()),
                (State::Fulfilled, Some(ASKED)),
                "{at} {words}"
            );
        }
    }
}

#[tokio::test]
async fn what_a_notice_does_not_offer_is_listed_by_its_number_for_the_page_below_has_its_own() {
    let house = opened("menu").await;
    let kept = dump(&house.db).await;
    let answer = says(&house, NUMBERED, Some(ASKED), "perhaps").await;
    let words = answer.rendered.text.plain();
    assert!(words.contains("Confirm № 1") && !words.contains("1. Confirm"), "{words}");
    assert_eq!((dump(&house.db).await, answer.thread.as_deref()), (kept.clone(), Some(ASKED)));
    // Now the page stands there, and its numbers are what they see.
    let organizer = says(&house, NUMBERED, Some(ASKED), "1").await;
    assert!(organizer.rendered.text.plain().contains("Organizer"), "{}", organizer.rendered.text.plain());
    assert_eq!(dump(&house.db).await, kept);
    says(&house, NUMBERED, Some(ASKED), "confirm № 1").await;
    assert_eq!(state(&house).await, State::Fulfilled);
}

#[tokio::test]
async fn a_page_that_stands_elsewhere_is_shown_and_not_pressed() {
    for (at, asks) in [("menu", false), ("ask-emergency", true)] {
        let house = opened(at).await;
        let kept = dump(&house.db).await;
        // From the main line into a thread, into another, and back: where it was shown last, there it stands.
        for (thread, words) in
            [(Some("$a thread"), "1"), (Some("$another"), "500"), (None, "1"), (Some("$another"), "2")]
        {
            let answer = says(&house, NUMBERED, thread, words).await;
            assert!(begins(&house, &answer, &msg!("page-not-open")), "{at} {thread:?} {words}");
            assert_eq!((answer.rendered.asks, answer.thread.as_deref()), (asks, thread));
        }
        assert_eq!(dump(&house.db).await, kept, "{at}");
    }
}

#[tokio::test]
async fn what_only_leads_on_and_commands_work_wherever_they_are_said() {
    let house = opened("menu").await;
    let profile = says(&house, NUMBERED, Some("$a thread"), "profile").await;
    // The words were said below a page of before.
    assert!(begins(&house, &profile, &msg!("page-not-open")));
    let profile = says(&house, NUMBERED, None, "profile").await;
    assert!(profile.rendered.text.plain().contains("My profile"), "{}", profile.rendered.text.plain());
    assert_eq!(profile.thread, None);
    let menu = says(&house, NUMBERED, Some("$a thread"), "menu").await;
    assert_eq!(menu.thread.as_deref(), Some("$a thread"));
    assert!(!begins(&house, &menu, &msg!("page-not-open")));
    // A page that is drawn again goes where it stands.
    let rev = store::session::load(&house.db, "terminal", "anna").await.unwrap().expect("a session").rev;
    store::session::note_shown(&house.db, "terminal", "anna", rev - 1, (Some("$page"), None)).await.unwrap();
    let again = house.engine.redraw("terminal", NUMBERED, &update("anna", Heard::Other)).await.unwrap();
    assert_eq!(again.expect("a page").thread.as_deref(), Some("$a thread"));
}

#[tokio::test]
async fn a_page_whose_thread_goes_on_takes_answers_there() {
    let house = opened("ask-emergency").await;
    let shown = says(&house, NUMBERED, Some("$a thread"), "500").await;
    assert!(shown.rendered.asks && begins(&house, &shown, &msg!("page-not-open")));
    let days = says(&house, NUMBERED, Some("$a thread"), "500").await;
    assert!(days.rendered.asks && !begins(&house, &days, &msg!("page-not-open")), "{}", days.rendered.text.plain());
}

#[tokio::test]
async fn who_comes_is_shown_what_is_open_and_who_changed_an_answered_message_is_told_so() {
    let house = opened("ask-emergency").await;
    let kept = dump(&house.db).await;
    let open = house.hear("anna", NUMBERED, Heard::Press("/ask-emergency".into())).await;
    assert_eq!(house.hear("anna", NUMBERED, Heard::Came).await.text, open.text);
    for caps in [NUMBERED, KEYBOARD] {
        let edited = house.turn(caps, &update("anna", Heard::Edited)).await.unwrap().expect("an answer");
        assert!(begins(&house, &edited, &msg!("page-edited")) && edited.rendered.asks);
    }
    // Somebody new is asked for a language.
    let new = house.hear("nobody", NUMBERED, Heard::Came).await;
    assert!(new.text.plain().contains("Please choose your language"), "{}", new.text.plain());
    assert_eq!(dump(&house.db).await, kept);
}
