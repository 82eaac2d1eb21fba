//! The page of an invite.

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn it_says_the_same_for_every_word_and_uses_nothing_up() {
    let town = Town::begins().await;
    let anna = town.member(101, "Annabel", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My invite", "For one person or for a time", "For one person"] {
        web.presses(label).await;
    }
    let text = web.page.text();
    let link = text.split_whitespace().find(|word| word.contains("/i/")).unwrap_or_else(|| panic!("no link:\n{text}"));
    let token = link.rsplit('/').next().unwrap().to_owned();
    let nothing: String = token.chars().map(|_| 'A').collect();

    let mut pages = Vec::new();
    for lang in ["en", "ru"] {
        for token in [&token, &nothing] {
            let mut robot = town.browser(lang);
            let mut page = robot.asks("GET", &format!("/i/{token}"), &[], "").await;
            assert_eq!((page.status, robot.cookies.len()), (200, 0));
            page.says_nothing_of("Annabel");
            // The drawing of one link is longer than that of another.
            page.headers.retain(|(name, _)| name != "date" && name != "content-length");
            // The codes are drawings of the links.
            let parts: Vec<&str> =
                page.body.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, rest)| rest)).collect();
            assert_eq!(parts.len(), 2, "{}", page.body);
            pages.push((page.headers, parts.concat().replace(token.as_str(), "TOKEN")));
        }
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[2], pages[3]);
    assert_ne!(pages[0], pages[2]);
    let page = town.browser("en").goes(&format!("/i/{token}")).await.clone();
    let links = crate::html::links(&page.body);
    let to: Vec<&str> = links.iter().map(|(_, to)| to.as_str()).collect();
    let suits = |link: &&str| link.starts_with("https://t.me/") && link.ends_with(&format!("?start={token}"));
    assert!(to.iter().any(suits), "{to:?}");
    page.says("You are invited").says("Open in Telegram");
    town.browser("en").goes(&format!("/i/{token}?lang=ru")).await.says("Вас приглашают");

    // It is for one person, whom all that looking has not kept out.
    let boris = town.api.user(102).named("Boris").lang("en");
    boris.start(Some(&token));
    town.presses(&boris, "English", "Annabel").await;
    town.ends().await;
}
