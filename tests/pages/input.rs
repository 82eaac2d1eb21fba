//! What people type and should not have: each gets one line that says what to do instead, and nothing changes.

use exodus::domain::{MemberId, State};
use exodus_engine::conversation::{Caps, Does, Heard, Rendered};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

use crate::community::{help, member, monthly, noon};
use crate::house::{House, KEYBOARD, MAX, NUMBERED, dump};

/// Somebody who can do a little of everything: anna, who is helped by boris and needs nothing urgently.
async fn house() -> House {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    let asks = monthly(&house.db, anna).await;
    help(&house.db, boris, &asks, 10_000, State::Intention).await;
    house
}

fn says(page: &Rendered, house: &House, msg: &Msg) -> bool {
    page.text.plain().starts_with(&house.words("en", msg))
}

/// Goes somewhere, types each of these, and reads the line that answers.
async fn hold(who: &str, place: &str, before: &[&str], cases: &[(&str, Msg)]) {
    let house = house().await;
    let kept = dump(&house.db).await;
    for caps in [KEYBOARD, NUMBERED] {
        for (typed, expected) in cases {
            house.hear(who, caps, Heard::Press("/menu".into())).await;
            house.hear(who, caps, Heard::Press(format!("/{place}"))).await;
            for words in before {
                house.hear(who, caps, Heard::Text((*words).to_owned())).await;
            }
            let page = house.hear(who, caps, Heard::Text((*typed).to_owned())).await;
            let shown: String = typed.chars().take(40).collect();
            assert!(says(&page, &house, expected), "{place}: {shown:?}\n{}", page.text.plain());
            assert_eq!(dump(&house.db).await, kept, "{place}: {shown:?}");
        }
    }
}

#[tokio::test]
async fn what_is_no_sum_is_asked_for_again() {
    let (not_a_number, not_positive, decimals) =
        (msg!("sum-not-a-number"), msg!("sum-not-positive"), msg!("sum-decimals", decimals = 2));
    let too_large = msg!("sum-too-large", max = MAX);
    let long = "9".repeat(10_000);
    let words = "x".repeat(10_000);
    let cases = [
        ("fifty", not_a_number.clone()),
        ("0", not_positive.clone()),
        ("0,00", not_positive.clone()),
        ("-5", not_positive),
        ("1,234", decimals.clone()),
        ("12.345", decimals),
        ("1000000,01", too_large.clone()),
        (long.as_str(), too_large.clone()),
        ("99999999999999999999", too_large),
        (words.as_str(), not_a_number.clone()),
        ("    ", not_a_number.clone()),
        ("\u{200b}\u{2060}", not_a_number.clone()),
        ("💶💶", not_a_number.clone()),
        ("שלום", not_a_number.clone()),
        ("e\u{301}\u{301}\u{301}", not_a_number.clone()),
        ("5\u{7}0", not_a_number.clone()),
        ("\u{1b}[2J", not_a_number.clone()),
        ("1e3", not_a_number.clone()),
        ("0x10", not_a_number.clone()),
        ("50; DROP TABLE member", not_a_number.clone()),
        ("{ $sum }", not_a_number),
    ];
    hold("boris", "ask-monthly", &[], &cases).await;
    hold("boris", "change/1", &[], &cases).await;
    hold("anna", "change-sum/1", &[], &cases).await;
}

#[tokio::test]
async fn what_are_no_days_is_asked_for_again() {
    let long = "9".repeat(10_000);
    let no_day = ["someday", "  ", "99999999999999999999", "🗓", "\u{0}7", "{ $example }", long.as_str()];
    let (unclear, none, past, late) =
        (day("day-not-understood"), day("day-none"), day("day-past"), msg!("day-too-late", last = month_and_day(31)));
    let cases: Vec<_> = no_day
        .map(|typed| (typed, unclear.clone()))
        .into_iter()
        .chain(["31.02", "2026-13-40", "30 February"].map(|typed| (typed, none.clone())))
        .chain(
            ["0", "today", "2020-01-01", "-1", "yesterday", "вчера", "3 дня назад", "last friday"]
                .map(|typed| (typed, past.clone())),
        )
        .chain(["32", "in two months", "2099-01-01"].map(|typed| (typed, late.clone())))
        .collect();
    hold("boris", "ask-emergency", &["100"], &cases).await;
}

/// What a question offers: its ready answers, what stands in brackets, what follows "for example", and a pair of those in
/// brackets as the question itself might write it.
fn offered(page: &Rendered) -> Vec<String> {
    let text = page.text.plain();
    let question = text.split("\n\n").next().unwrap_or_default();
    let ready = page.buttons.iter().flatten();
    let ready = ready.filter(|button| matches!(&button.does, Does::Press(press) if press.contains('=')));
    let mut offered: Vec<String> = ready.map(|button| button.label.clone()).collect();
    let brackets: Vec<&str> = question.split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect();
    if let [first, second] = brackets[..] {
        offered.push(format!("{first} ({second})"));
    }
    offered.extend(brackets.into_iter().map(str::to_owned));
    for lead in ["for example ", "например "] {
        let example = question.split(lead).nth(1).and_then(|rest| rest.split(['.', ')']).next());
        offered.extend(example.map(str::to_owned));
    }
    offered
}

#[tokio::test]
async fn whatever_a_question_offers_is_understood_as_it_stands_there() {
    let mut tried = 0;
    for lang in ["en", "ru"] {
        let house = house().await;
        for who in [1, 2].map(MemberId::new) {
            house.speak(who, lang).await;
        }
        for (who, place, before) in [
            ("boris", "ask-monthly", None),
            ("boris", "ask-emergency", None),
            ("boris", "ask-emergency", Some("100")),
            ("anna", "ask-emergency", Some("100")),
            ("boris", "change/1", None),
            ("anna", "change-sum/1", None),
            ("anna", "quiet-hours", None),
            ("anna", "daily-hour", None),
        ] {
            let asked = async || {
                house.hear(who, NUMBERED, Heard::Press("/menu".into())).await;
                let page = house.hear(who, NUMBERED, Heard::Press(format!("/{place}"))).await;
                match before {
                    Some(words) => house.hear(who, NUMBERED, Heard::Text(words.to_owned())).await,
                    None => page,
                }
            };
            for typed in offered(&asked().await) {
                let question = asked().await.text.plain();
                let page = house.hear(who, NUMBERED, Heard::Text(typed.clone())).await;
                assert!(!page.text.plain().ends_with(&question), "{place}: {typed:?}\n{}", page.text.plain());
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried} were found");
}

fn day(key: &'static str) -> Msg {
    Msg::new(key).with("example", month_and_day(14))
}

fn month_and_day(ahead: u64) -> Msg {
    Msg::day_month(noon(3).date_naive() + chrono::Days::new(ahead))
}

#[tokio::test]
async fn what_are_no_quiet_hours_or_no_place_is_repeated_and_asked_for_again() {
    let long = "9".repeat(10_000);
    let shown = format!("{}…", "9".repeat(38));
    let hours = ["7", "22-", "25-7", "7-7", "0-24", "at night", "22-7-9", "{ $hours }", "🌙", long.as_str()];
    let places = ["Atlantis", "Киев+2", "+99", "Europe", "{ $zone }", "../../etc/passwd", "🌍", long.as_str()];
    let typed = |typed: &str| if typed == long { shown.clone() } else { typed.to_owned() };
    let cases: Vec<_> = hours.map(|said| (said, msg!("quiet-not-understood", typed = typed(said)))).to_vec();
    hold("anna", "quiet-hours", &[], &cases).await;
    let no_hour = msg!("daily-hour-not-understood");
    let cases: Vec<_> = ["25", "8:30", "22-7", "in the morning", "-1"].map(|said| (said, no_hour.clone())).to_vec();
    hold("anna", "daily-hour", &[], &cases).await;
    let cases: Vec<_> = places.map(|said| (said, msg!("zone-not-understood", typed = typed(said)))).to_vec();
    hold("anna", "time-zone", &[], &cases).await;
}

#[tokio::test]
async fn what_can_not_be_shown_or_is_too_long_is_asked_for_again() {
    let too_long = |max: usize, long: usize| msg!("line-too-long", max = max, long = long);
    let (name, about) = ("ы".repeat(65), "🍞".repeat(181));
    for (place, long, max) in [("name", name.as_str(), 64), ("about", about.as_str(), 180)] {
        let cases = [
            (" \n ", msg!("line-empty")),
            ("\u{200b}\u{2060}\u{202e}", msg!("line-empty")),
            ("\u{0}\u{7}", msg!("line-empty")),
            (long, too_long(max, max + 1)),
        ];
        hold("anna", place, &[], &cases).await;
    }
    let empty = msg!("line-empty");
    let long = [("x".repeat(33), too_long(32, 33)), ("9".repeat(181), too_long(180, 181))];
    let [(name, of_name), (value, of_value)] = &long;
    hold("anna", "payment-add", &[], &[(" \n ", empty.clone()), (name, of_name.clone())]).await;
    let again = msg!("payment-value-is-name");
    hold("anna", "payment-add", &["Card"], &[("\u{200b}", empty), (value, of_value.clone()), ("card", again)]).await;
}

#[tokio::test]
async fn where_nothing_is_asked_a_text_is_answered_with_the_page() {
    let yes = || Arg::variant("yes");
    let (unexpected, no_command) =
        (msg!("page-unexpected"), msg!("page-no-such-command", help = yes(), language = yes()));
    let long = "ы".repeat(10_000);
    let cases = [
        ("hello", unexpected.clone()),
        ("99", unexpected.clone()),
        ("-1", unexpected.clone()),
        ("0", unexpected.clone()),
        ("12345678901234567890", unexpected.clone()),
        (long.as_str(), unexpected.clone()),
        ("   ", unexpected.clone()),
        ("👍", unexpected.clone()),
        ("\u{202e}unem", unexpected.clone()),
        ("z\u{300}\u{300}\u{300}\u{300}", unexpected.clone()),
        ("\u{0}\u{1}\u{7f}", unexpected.clone()),
        ("1:confirm", unexpected.clone()),
        ("n1:confirm", unexpected.clone()),
        ("/nonsense", no_command.clone()),
        ("!nonsense", no_command.clone()),
        ("/menux", no_command),
        ("/ menu", unexpected),
    ];
    hold("anna", "menu", &[], &cases).await;
}

#[tokio::test]
async fn a_picture_can_not_be_read() {
    let house = house().await;
    for place in ["menu", "ask-emergency"] {
        house.presses("anna", &format!("/{place}")).await;
        let page = house.hear("anna", KEYBOARD, Heard::Other).await;
        assert!(says(&page, &house, &msg!("page-text-only")), "{place}: {}", page.text.plain());
    }
}

#[tokio::test]
async fn an_update_that_is_older_than_the_chat_is_not_taken_for_an_answer() {
    let house = house().await;
    let mut late = crate::house::update("boris", Heard::Text("50".into()));
    house.presses("boris", "/change/1").await;
    let kept = dump(&house.db).await;
    let answer = house.turn(KEYBOARD, &late).await.expect("a turn").expect("an answer");
    assert!(says(&answer.rendered, &house, &msg!("page-late")), "{}", answer.rendered.text.plain());
    assert_eq!(dump(&house.db).await, kept);
    // The same words, said now, are.
    late = crate::house::update("boris", Heard::Text("50".into()));
    house.turn(KEYBOARD, &late).await.expect("a turn");
    assert_ne!(dump(&house.db).await, kept);
}

#[tokio::test]
async fn commands_are_understood_in_every_language_with_and_without_a_mark() {
    for caps in [NUMBERED, KEYBOARD] {
        commands_with(caps).await;
    }
}

async fn commands_with(caps: Caps) {
    let house = house().await;
    let place = async |route: &str| {
        house.hear("boris", caps, Heard::Press("/menu".into())).await;
        house.hear("boris", caps, Heard::Press("/status".into())).await;
        house.hear("boris", caps, Heard::Press(format!("/{route}"))).await.text.plain()
    };
    let cancelled = format!("{}\n\n{}", house.words("en", &msg!("page-cancelled")), place("status").await);
    for (words, leads_to) in [
        (["start", "старт"], place("menu").await),
        (["menu", "меню"], place("menu").await),
        (["help", "помощь"], place("faq").await),
        (["language", "язык"], place("language").await),
        (["back", "назад"], place("status").await),
        (["cancel", "отмена"], cancelled),
    ] {
        for word in words {
            let upper = word.to_uppercase();
            for typed in [
                word.to_owned(),
                format!(" {upper}\n"),
                format!("/{word}"),
                format!("!{word}"),
                format!("！{upper}"),
                format!("{word}!"),
                format!("{word}."),
            ] {
                // In the middle of a form, where anything else would be an answer.
                place("ask-emergency").await;
                let page = house.hear("boris", caps, Heard::Text(typed.clone())).await;
                assert_eq!(page.text.plain(), leads_to, "{typed:?}");
            }
        }
    }
}
