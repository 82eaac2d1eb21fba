//! What a page has to have for those who read it by ear, by keyboard, on a phone or in the dark.

use crate::browser::Answer;
use crate::town::Town;

#[track_caller]
fn is_well_made(lang: &str, page: &Answer) {
    let body = &page.body;
    let times = |what: &str| body.matches(what).count();
    assert!(body.starts_with("<!DOCTYPE html>") && body.contains(&format!("<html lang=\"{lang}\">")), "{body}");
    assert!(body.contains("name=\"viewport\"") && body.contains("content=\"light dark\""), "{body}");
    assert_eq!((times("<h1"), times("<main"), times("<title")), (1, 1, 1), "{body}");
    assert_eq!(times("style=") + times("<style") + times(" onclick") + times("javascript:"), 0, "{body}");
    assert_eq!(times("<script"), times("<script src=\"/refresh.js\" defer></script>"), "{body}");
    assert_eq!(times("<input type=\"text\""), times("<label for=\"answer\""), "every field has its name: {body}");
    let loads = times(" src=") + times("<link ");
    assert_eq!(loads, times("src=\"/refresh.js\"") + times("href=\"/style.css\""), "nothing is loaded from elsewhere");
    let labels = page.labels();
    assert!(labels.iter().all(|label| label.chars().any(char::is_alphanumeric)), "{labels:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_well_made_in_both_languages() {
    let town = Town::begins().await;
    for (id, lang, way) in [
        (101, "en", ["Profile", "Name", "Back", "My accounts", "In a browser", "Menu", "Members", "Menu", "FAQ"]),
        (102, "ru", ["Профиль", "Имя", "Назад", "Мои аккаунты", "В браузере", "Меню", "Участники", "Меню", "Вопросы"]),
    ] {
        let member = town.member(id, "Anna", lang).await;
        let mut web = town.browser(lang);
        for path in ["/", "/i/token", "/in/token", "/nothing"] {
            is_well_made(lang, web.goes(path).await);
        }
        web = town.signed_in(&member, lang).await;
        is_well_made(lang, &web.page);
        for label in way {
            web.presses(label).await;
            is_well_made(lang, &web.page);
        }
        is_well_made(lang, web.reads_notices().await);
    }
    town.ends().await;
}

/// How light a colour is, as those who set the rules for contrast count it.
fn light(colour: &str) -> f64 {
    let part = |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5))
}

#[test]
fn words_stand_out_from_what_they_stand_on_by_day_and_by_night() {
    let style =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/engine/src/messengers/web/style.css")).unwrap();
    let themes: Vec<&str> = style.split(":root {").skip(1).collect();
    assert_eq!(themes.len(), 2);
    for theme in themes {
        let colour = |name: &str| {
            let rest = theme.split_once(&format!("--{name}: ")).unwrap().1;
            light(rest.split(';').next().unwrap())
        };
        for (words, ground, wanted) in [
            ("ink", "paper", 7.0),
            ("ink", "soft", 7.0),
            ("quiet", "paper", 4.5),
            ("accent", "paper", 4.5),
            ("on-accent", "accent", 4.5),
            ("yes", "soft", 4.5),
            ("grave", "soft", 4.5),
            // On a picture.
            ("ink", "inner", 7.0),
            ("ink", "outer", 7.0),
            ("quiet", "inner", 4.5),
            ("accent", "inner", 4.5),
            // What is no word, such as the line round a field.
            ("line", "paper", 3.0),
        ] {
            let (a, b) = (colour(words), colour(ground));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= wanted, "{words} on {ground}: {contrast:.2}");
        }
    }
}
