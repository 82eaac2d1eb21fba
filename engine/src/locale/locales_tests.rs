use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::locale::{Span, Style};
use crate::msg;

const NB: &str = "\u{A0}";

fn euro() -> Format {
    Format { currency: "EUR".to_owned() }
}

fn with(en: &str, ru: &str) -> Locales {
    Locales::from_texts(&[("en", en), ("ru", ru)], euro()).expect("good texts")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).expect("a date")
}

#[test]
fn the_embedded_languages_are_sound_and_known_by_their_own_names() {
    let locales = with("", "");
    let names: Vec<_> =
        locales.languages().iter().map(|language| (language.code.as_str(), language.name.as_str())).collect();
    assert!(names.contains(&("en", "English")) && names.contains(&("ru", "Русский")));
    assert!(names.is_sorted());
    assert_eq!(locales.default_language(), "en");
    assert!(locales.with_default_language("xx").is_err());
}

#[test]
fn counts_take_the_plural_form_of_the_language() {
    let locales = with(
        "guests = { $count ->\n    [one] { $count } guest\n   *[other] { $count } guests\n }",
        "guests = { $count ->\n    [one] { $count } участник\n    [few] { $count } участника\n   *[many] { $count } участников\n }",
    );
    for (count, en, ru) in [
        (0i64, "0 guests", "0 участников"),
        (1, "1 guest", "1 участник"),
        (2, "2 guests", "2 участника"),
        (5, "5 guests", "5 участников"),
        (11, "11 guests", "11 участников"),
        (21, "21 guests", "21 участник"),
        (1_002, "1,002 guests", "1\u{A0}002 участника"),
        (1_234_567, "1,234,567 guests", "1\u{A0}234\u{A0}567 участников"),
    ] {
        let msg = msg!("guests", count = count);
        assert_eq!(locales.plain("en", &msg), en);
        assert_eq!(locales.plain("ru", &msg), ru);
    }
}

#[test]
fn what_has_fewer_words_for_it_is_said_in_brief_also_within_something_else() {
    let locales = with(
        "called = { $name } (here since { $date })\n    .brief = { $name } ({ $date })\nlisted = 🔆 { $who }",
        "called = { $name } (здесь с { $date })\nlisted = 🔆 { $who }",
    );
    let listed = msg!("listed", who = msg!("called", name = "Anna", date = Msg::day_month(day())));
    assert_eq!(locales.brief("en", &listed).plain(), format!("🔆 Anna (25{NB}Nov)"));
    assert_eq!(locales.plain("en", &listed), format!("🔆 Anna (here since 25{NB}November)"));
    // A language may have no shorter words for it.
    assert_eq!(locales.brief("ru", &listed).plain(), "🔆 Anna (здесь с 25.11)");
}

#[test]
fn sums_are_written_as_the_language_writes_them() {
    let locales = with("", "");
    for (minor, currency, en, ru) in [
        (50_000, "EUR", "€500".to_owned(), format!("500{NB}€")),
        (100_000, "EUR", "€1,000".to_owned(), format!("1{NB}000{NB}€")),
        (37_950, "EUR", "€379.50".to_owned(), format!("379,50{NB}€")),
        (5, "RUB", "₽0.05".to_owned(), format!("0,05{NB}₽")),
        (0, "USD", "$0".to_owned(), format!("0{NB}$")),
        (-123_456, "EUR", "−€1,234.56".to_owned(), format!("−1{NB}234,56{NB}€")),
        (50_000, "RSD", format!("RSD{NB}500"), format!("500{NB}RSD")),
        (50_000, "XYZ", format!("XYZ{NB}500"), format!("500{NB}XYZ")),
        (
            i64::MIN,
            "EUR",
            "−€92,233,720,368,547,758.08".to_owned(),
            format!("−92{NB}233{NB}720{NB}368{NB}547{NB}758,08{NB}€"),
        ),
    ] {
        assert_eq!(locales.sum_in("en", minor, currency), en);
        assert_eq!(locales.sum_in("ru", minor, currency), ru);
    }
    let locales = with("sum = You need <b>{ $sum }</b>.", "sum = Нужно { $sum }.");
    let text = locales.text("en", &msg!("sum", sum = Arg::Sum(150)));
    assert_eq!(text.spans[1], Span { text: "€1.50".into(), style: Style::Bold, words: false });
    assert_eq!(locales.plain("ru", &msg!("sum", sum = Arg::Sum(150))), format!("Нужно 1,50{NB}€."));
}

#[test]
fn dates_are_written_as_the_language_writes_them() {
    let locales = with("by = by { $date }", "by = до { $date }");
    let noon: NaiveDateTime = day().and_hms_opt(9, 5, 0).expect("a time");
    for (msg, en, ru) in [
        (msg!("by", date = day()), "by 25~November~2026", "до 25~ноября~2026 года"),
        (msg!("by", date = Msg::day_month(day())), "by 25~November", "до 25~ноября"),
        (Msg::month(day()), "November 2026", "ноябрь 2026"),
        (Msg::date_time(noon), "25~November~2026, 09:05", "25~ноября~2026 года в 09:05"),
    ] {
        let [en, ru] = [en, ru].map(|text| text.replace('~', NB));
        assert_eq!(locales.plain("en", &msg), en);
        assert_eq!(locales.plain("ru", &msg), ru);
    }
    for month in 1..=12 {
        let date = NaiveDate::from_ymd_opt(2027, month, 1).expect("a date");
        assert_ne!(locales.plain("ru", &Msg::month(date)), locales.plain("ru", &Msg::month(day())));
    }
}

#[test]
fn what_people_type_is_shown_as_typed_and_never_understood() {
    let locales = with("hello = <b>Hello</b>, { $name }! <i>{ $name }</i> & co.", "hello = -");
    for name in [
        "<b>Bob</b>",
        "</b>",
        "</i></b><code>",
        "<",
        "&lt;b&gt; &amp;",
        "[x](https://evil.example)",
        "*a* _b_ `c`",
        "{ $name }",
        "{ -term }",
        "\\u0041",
        "{\"x\"}",
        "@everyone",
        "\u{F0000}",
        "\u{F0001}\u{10FFFC}7\u{10FFFC}",
        "\u{10FFFD}b>",
        "\u{E000}",
        "guests-count",
        "%s {0}",
    ] {
        let text = locales.text("en", &msg!("hello", name = name));
        let words: Vec<_> =
            text.spans.iter().filter(|span| span.words).map(|span| (span.text.as_str(), span.style)).collect();
        assert_eq!(words, [(name, Style::Plain), (name, Style::Italic)]);
        assert_eq!(text.spans[0], Span { text: "Hello".into(), style: Style::Bold, words: false });
        assert_eq!(text.plain(), format!("Hello, {name}! {name} & co."));
        assert_eq!(text.spans.len(), 6);
    }
    for (name, seen) in [
        ("דוד", "Hello, \u{2068}דוד\u{2069}! \u{2068}דוד\u{2069} & co."),
        ("\u{202E}Bob\n\u{2069}", "Hello, Bob ! Bob  & co."),
        ("\u{301}", "Hello, \u{25CC}\u{301}! \u{25CC}\u{301} & co."),
        ("", "Hello, !  & co."),
    ] {
        assert_eq!(locales.plain("en", &msg!("hello", name = name)), seen);
    }
}

#[test]
fn technical_text_selects_a_variant_and_is_shown_as_it_is() {
    let locales =
        with("state = { $state ->\n    [open] It is open\n   *[other] <code>{ $state }</code>\n }", "state = -");
    let state = |text: &str| locales.text("en", &msg!("state", state = Arg::Verbatim(text.to_owned())));
    assert_eq!(state("open").plain(), "It is open");
    for (text, seen) in [
        ("https://t.me/bot?start=a_b&c=<b>", "https://t.me/bot?start=a_b&c=<b>"),
        ("</code><b>x", "</code><b>x"),
        ("\u{F0000}a\u{10FFFC}1\u{10FFFD}b>\u{202E}", "a1b>"),
    ] {
        assert_eq!(state(text).spans, [Span { text: seen.into(), style: Style::Code, words: false }]);
    }
    // People's words can't choose what we say.
    assert_eq!(locales.plain("en", &msg!("state", state = "open")), "open");
}

#[test]
fn a_sentence_inside_a_sentence_keeps_its_markup_and_its_words() {
    let locales = with("outer = <i>a { $inner } c</i>", "outer = -");
    let locales_inner = with("outer = <i>a { $inner } c</i>\ninner = x <b>{ $name }</b>", "outer = -\ninner = -");
    let msg = msg!("outer", inner = msg!("inner", name = "<Bob>"));
    assert_eq!(
        locales_inner.text("en", &msg).spans,
        [
            Span { text: "a x ".into(), style: Style::Italic, words: false },
            Span { text: "<Bob>".into(), style: Style::Bold, words: true },
            Span { text: " c".into(), style: Style::Italic, words: false },
        ]
    );
    assert_eq!(locales.plain("en", &msg), "a inner c");
}

#[test]
fn what_a_language_lacks_is_said_in_the_default_language_or_by_its_key() {
    let locales = with("only-here = Only { $n } here", "other = Другое");
    assert_eq!(locales.plain("ru", &msg!("only-here", n = 1000i64)), "Only 1,000 here");
    assert_eq!(locales.plain("ru", &msg!("nowhere")), "nowhere");
    assert_eq!(locales.plain("xx", &msg!("only-here", n = 1i64)), "Only 1 here");
}

#[test]
fn what_a_message_was_not_given_is_left_out_visibly() {
    let locales = with("only-here = Only { $n } here", "only-here = Только { $n } здесь");
    assert_eq!(locales.plain("en", &msg!("only-here")), "Only … here");
    assert_eq!(locales.plain("ru", &msg!("only-here", m = 1i64)), "Только … здесь");
}

#[test]
fn hints_of_messengers_lead_to_a_language() {
    let locales = with("", "");
    for (hint, code) in [
        (Some("ru-RU"), Some("ru")),
        (Some("ru_UA"), Some("ru")),
        (Some("RU"), Some("ru")),
        (Some("en"), Some("en")),
        (Some("tlh"), None),
        (Some(""), None),
        (None, None),
    ] {
        assert_eq!(locales.negotiate(hint), code, "{hint:?}");
    }
}

#[test]
fn faults_are_found_at_start_and_named_with_their_line() {
    for (text, place) in [
        ("a = x\nb = y\na = z", "en:3: the message \"a\" is there already, in en:1"),
        ("a = x\n= y", "en:2: "),
        ("a = { $x", "en:1: "),
        ("a = x\n\nb = <b>{ $x }", "en:3: <b> is never closed"),
        ("a = { $n ->\n    [one] <i>x\n   *[other] y</i>\n }", "en:1: <i> is never closed"),
        ("a = x\nb = { nowhere }", "en:2: \"b\" refers to \"nowhere\""),
        ("a = { -nowhere }", "en:1: \"a\" refers to \"-nowhere\""),
        ("a = { NUMBER($n) }", "en:1: there is no function NUMBER()"),
    ] {
        let fault = Locales::from_texts(&[("en", text)], euro()).err().expect("a fault").to_string();
        assert!(fault.starts_with(place), "{fault}");
    }
    for (texts, fault) in [
        (vec![], "there are no languages at all"),
        (vec![("no language", "a = b")], "\"no language\" is not a language code"),
        (vec![("tlh", "a = b")], "the language \"tlh\" has no message \"language-name\""),
    ] {
        let found = Locales::from_texts(&texts, euro()).err().expect("a fault").to_string();
        assert!(found.starts_with(fault), "{found}");
    }
}

#[test]
fn a_bot_may_replace_an_embedded_message_and_keeps_the_others() {
    let locales = Locales::from_texts(&[("en", "format-group = _"), ("en", "n = { $n }")], euro()).expect("good texts");
    assert_eq!(locales.plain("en", &msg!("n", n = 12_345i64)), "12_345");
    assert_eq!(locales.sum_in("en", 100_000, "EUR"), "€1_000");
}

#[test]
fn the_variables_of_a_message_are_known_through_what_it_refers_to() {
    let locales =
        with("a = { $x } { b }\nb = { $y -> \n    [one] { $z }\n   *[other] { a }\n }\n-t = t\nc = { -t }", "a = -");
    let names = |key: &str| locales.variables("en", key).into_iter().collect::<Vec<_>>();
    assert_eq!(names("a"), ["x", "y", "z"]);
    assert_eq!(names("c"), Vec::<String>::new());
    assert!(locales.keys("en").any(|key| key == "a") && !locales.keys("en").any(|key| key == "-t"));
    assert!(locales.referenced("en").contains("-t"));
}

#[test]
fn locales_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Locales>();
}
