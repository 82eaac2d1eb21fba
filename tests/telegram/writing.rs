//! The two sides of a commitment write to each other, also where one can't be linked to for their privacy; and pages that
//! are longer than a message.

use bot_api::{BotApi, User};
use exodus_engine::conversation::{Button, Does, Letter, Messenger, Nature, Rendered};
use exodus_engine::locale::Text;
use exodus_engine::messengers::telegram::{Settings, Telegram};
use url::Url;

use crate::bot::{Bot, TOKEN, Updates, invite_of, is_told};

/// Boris intends to help Anna, and has the page of that before him.
async fn boris_helps_anna(bot: &Bot) -> (User, User) {
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    anna.presses_when_shown("Yes, ask").await;
    anna.sees("Your invite").await;
    let boris = bot.api.user(2).named("Boris").lang("en");
    boris.start(Some(&invite_of(&anna)));
    for label in ["English", "Yes, I want to help"] {
        boris.presses_when_shown(label).await;
    }
    boris.sees("How much are you willing").await;
    boris.writes("50");
    boris.presses_when_shown("Yes, I intend to").await;
    boris.sees("Anna has been told").await;
    (anna, boris)
}

/// They open the page of their help once more.
async fn looks(boris: &User) -> bot_api::ChatMessage {
    boris.writes("/menu");
    for label in ["Organizer", "My help to others"] {
        boris.presses_when_shown(label).await;
    }
    boris.sees("Your help").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_linked_to_is_by_their_name_or_is_asked_to_write() {
    let bot = Bot::start(Updates::Polled).await;
    let (anna, boris) = boris_helps_anna(&bot).await;
    let leads = |page: &bot_api::ChatMessage| page.button("Write to Anna").and_then(|button| button.url.clone());
    assert_eq!(leads(&looks(&boris).await).as_deref(), Some("tg://user?id=1"));

    anna.hides(true);
    anna.username("anna_k");
    assert_eq!(leads(&looks(&boris).await).as_deref(), Some("https://t.me/anna_k"));

    let nameless = bot.api.user(1).without_username();
    let page = looks(&boris).await;
    assert_eq!(leads(&page), None, "{page}");
    boris.presses_when_shown("Ask them to write").await;
    boris.sees("Anna will be asked to write to you").await;
    let asked = is_told(&nameless, "asks you to write to them").await;
    nameless.presses_on(asked.id, "Look");
    let leads = |messages: &[bot_api::ChatMessage]| messages.last()?.button("Write to Boris")?.url.clone();
    let leads = nameless.wait_for(std::time::Duration::from_secs(10), leads).await;
    assert_eq!(leads.as_deref(), Ok("tg://user?id=2"));
    // Once in 24 hours.
    boris.presses_when_shown("Ask them to write").await;
    boris.sees("again").await;
    bot.api.settled().await;
    let asked = nameless.messages().iter().filter(|message| message.text.contains("asks you to write")).count();
    assert_eq!(asked, 1, "{}", nameless.transcript());
    bot.is_blameless().await;
}

fn page(text: Text, buttons: Vec<Vec<Button>>) -> Rendered {
    Rendered { text, buttons, asks: false, notice: None, file: None }
}

#[tokio::test]
async fn a_page_that_is_too_long_takes_several_messages_and_loses_nothing() {
    let api = BotApi::start(TOKEN).await;
    let anna = api.user(1);
    anna.start(None);
    let api_url = Some(Url::parse(api.url()).unwrap());
    let telegram = Telegram::connect(Settings { api_url, ..Settings::new(TOKEN.to_owned()) }).await.unwrap();
    let records: Vec<String> = (0..90).map(|number| format!("Record {number}\n{}", "😀 word ".repeat(10))).collect();
    let button =
        Button { label: "Next".into(), number: None, does: Does::Press("1:next".into()), nature: Nature::Usual };
    let page = page(Text::from(records.join("\n\n")), vec![vec![button]]);
    let letter = Letter { to: "1", page: &page, edit: None, id: "x", group: None, thread: None };
    let shown = telegram.show(letter).await.unwrap();
    let parts = || anna.messages().into_iter().filter(|message| message.from_bot).collect::<Vec<_>>();
    let first = parts();
    assert!(first.len() > 1 && first.len() <= 3, "{}", first.len());
    assert_eq!(shown.live, Some(first.last().unwrap().id.to_string()));
    for (place, part) in first.iter().enumerate() {
        assert!(part.text.starts_with("Record ") && part.text.encode_utf16().count() <= 4096);
        assert_eq!(part.rows.is_empty(), place + 1 < first.len());
    }
    let all: String = first.iter().map(|part| format!("{}\n\n", part.text)).collect();
    assert!(records.iter().all(|record| all.contains(record.trim_end())));

    // Telegram asks to wait after each part: what is there is not sent once more.
    let before = parts().len();
    let rate = bot_api::Rate { per_second: 1.0, burst: 1.0 };
    api.set_pace(Some(bot_api::Pace { chat: rate, ..bot_api::Pace::telegram() }));
    let (live, other) = (shown.live.unwrap(), "y");
    let letter = Letter { edit: Some(&live), id: other, ..letter };
    let again = async |letter| loop {
        match telegram.show(letter).await {
            Ok(shown) => return shown,
            Err(error) => tokio::time::sleep(error.again().expect("later")).await,
        }
    };
    again(letter).await;
    assert_eq!(parts().len(), before + first.len());
    assert!(api.violations().is_empty(), "{:?}", api.violations());
}
