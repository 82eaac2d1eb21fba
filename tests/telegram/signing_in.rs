//! Signing in, and looking whether one could.

use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule};
use exodus_engine::conversation::{Does, Letter, Messenger, Nature, Rendered, SendError};
use exodus_engine::locale::Text;
use exodus_engine::messengers::telegram::{self, ConnectError, Settings, Telegram};
use url::Url;

use crate::bot::{Bot, TOKEN, Updates};

fn settings(api_url: &str) -> Settings {
    Settings { api_url: Some(Url::parse(api_url).unwrap()), ..Settings::new(TOKEN.to_owned()) }
}

fn page(text: &str, buttons: Vec<Vec<exodus_engine::conversation::Button>>) -> Rendered {
    Rendered { text: Text::from(text), buttons, asks: false, notice: None, file: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bot_is_and_its_commands_are_shown_in_each_language_and_set_once() {
    let mut bot = Bot::start(Updates::Polled).await;
    bot.api.settled().await;
    let names = |lang: &str| bot.api.commands(lang).into_iter().map(|command| command.command).collect::<Vec<_>>();
    for lang in ["", "en", "ru"] {
        assert_eq!(names(lang), ["start", "menu", "help", "language", "cancel"], "{lang:?}");
    }
    assert_eq!(bot.api.commands("ru")[1].description, "Главное меню");
    assert_eq!(bot.api.commands(""), bot.api.commands("en"));
    assert_eq!(bot.api.menu_button(), "commands");
    for (lang, description, short) in [
        ("", "People who help each other", "Mutual aid"),
        ("en", "People who help each other", "Mutual aid"),
        ("ru", "Для тех, кто помогает друг другу", "Взаимопомощь"),
    ] {
        let said = bot.api.introduction(lang);
        assert_eq!(said[0], "Community", "as @BotFather was told");
        assert!(said[1].starts_with(description) && said[2].starts_with(short), "{said:?}");
        assert!(said[1].chars().count() <= 512 && said[2].chars().count() <= 120, "{said:?}");
    }
    // At the next start it is so already.
    let set = |api: &BotApi| {
        let counts = api.request_counts();
        let methods = ["setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton", "setMyName"];
        methods.map(|method| counts.get(method).copied().unwrap_or_default())
    };
    let before = set(&bot.api);
    assert!(before[..4].iter().all(|count| *count > 0) && before[4] == 0, "{before:?}");
    bot.stop().await.unwrap();
    let asked = bot.api.requests("getUpdates");
    bot.start_again();
    while bot.api.requests("getUpdates") <= asked {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bot.api.settled().await;
    assert_eq!(set(&bot.api), before);
    bot.is_blameless().await;
}

#[tokio::test]
async fn a_name_that_is_configured_is_the_bots_in_each_language() {
    let api = BotApi::start(TOKEN).await;
    let introductions = [None, Some("ru".to_owned())].map(|lang| telegram::Introduction {
        lang,
        description: String::new(),
        short: String::new(),
    });
    let named =
        Settings { name: Some("Наш круг".into()), introductions: introductions.into(), ..settings(api.url()) };
    let telegram = Telegram::connect(named).await.unwrap();
    api.settled().await;
    assert_eq!((api.introduction("")[0].as_str(), api.introduction("ru")[0].as_str()), ("Наш круг", "Наш круг"));
    // Another language has the same by itself.
    assert_eq!((api.requests("setMyName"), api.requests("setMyDescription")), (1, 0));
    drop(telegram);
}

#[tokio::test]
async fn a_wrong_token_is_told_from_silence_and_never_shown() {
    let api = BotApi::start("1:other").await;
    let error = Telegram::connect(settings(api.url())).await.err().unwrap();
    assert!(matches!(error, ConnectError::Token(_)), "{error}");
    let silent = Telegram::connect(settings("http://127.0.0.1:1")).await.err().unwrap();
    assert!(matches!(silent, ConnectError::Silent(_)), "{silent}");
    for error in [error, silent] {
        assert!(!format!("{error} {error:?}").contains("very-secret"), "{error:?}");
    }
    assert!(!format!("{:?}", settings(api.url())).contains("very-secret"));
}

#[tokio::test]
async fn a_start_waits_for_a_network_that_comes_a_little_later() {
    let api = BotApi::start(TOKEN).await;
    api.fault(FaultRule::new(Fault::ServerError(502)).method("getMe"));
    assert!(Telegram::connect(settings(api.url())).await.is_ok());
}

#[tokio::test]
async fn a_check_says_what_to_mend() {
    let api = BotApi::start(TOKEN).await;
    let found = telegram::check(settings(api.url())).await;
    assert!(found.iter().all(Result::is_ok), "{found:?}");
    assert!(found[0].as_ref().unwrap().contains("@community_bot"));
    let other = BotApi::start("1:other").await;
    let found = telegram::check(settings(other.url())).await;
    assert!(found[0].as_ref().unwrap_err().contains("telegram.token"), "{found:?}");
    let found = telegram::check(settings("http://127.0.0.1:1")).await;
    assert!(found[0].as_ref().unwrap_err().contains("telegram.api_url"), "{found:?}");
}

#[tokio::test]
async fn people_come_in_by_a_link_that_carries_the_word() {
    let api = BotApi::start(TOKEN).await;
    let way = Telegram::connect(settings(api.url())).await.unwrap().way_in();
    assert_eq!(way.link("abc"), (Some("https://t.me/community_bot?start=abc".into()), false));
    assert_eq!(way.person("5").unwrap().as_str(), "tg://user?id=5");
}

/// What becomes of a letter to chat 1 when the Bot API answers like this.
async fn outcome(
    fault: Option<Fault>,
    edit: Option<&str>,
) -> (Result<exodus_engine::conversation::Shown, SendError>, BotApi) {
    let api = BotApi::start(TOKEN).await;
    api.user(1).start(None);
    let telegram = Telegram::connect(settings(api.url())).await.unwrap();
    if let Some(fault) = fault {
        api.fault(FaultRule::new(fault));
    }
    let page = page("hello", Vec::new());
    let shown = telegram.show(Letter { to: "1", page: &page, edit, id: "x", thread: None, group: None }).await;
    (shown, api)
}

#[tokio::test]
async fn refusals_become_what_the_outbox_understands() {
    let refuse = |code, words: &str| Fault::Refuse(code, words.to_owned());
    for (fault, gone) in [
        (refuse(403, "Forbidden: bot was blocked by the user"), true),
        (refuse(403, "Forbidden: user is deactivated"), true),
        (refuse(403, "Forbidden: bot was kicked from the group chat"), true),
        (refuse(400, "Bad Request: chat not found"), true),
        (refuse(400, "Bad Request: message is too long"), false),
        (refuse(400, "Bad Request: can't parse entities: of /bot1234567:very-secret/sendMessage"), false),
    ] {
        let (shown, _) = outcome(Some(fault.clone()), None).await;
        match shown {
            Err(SendError::Gone) => assert!(gone, "{fault:?}"),
            Err(SendError::Broken(why)) => assert!(!gone && !why.contains("very-secret"), "{fault:?}: {why}"),
            other => panic!("{fault:?}: {other:?}"),
        }
    }
    for words in ["Logged out", "Bad Request: message thread not found", "SOMETHING_NEW of /bot1234567:very-secret/x"] {
        match outcome(Some(refuse(400, words)), None).await.0 {
            Err(SendError::Unknown { again, why }) => {
                assert!(again >= Duration::from_secs(1) && !why.contains("very-secret"), "{why}");
            }
            other => panic!("{words}: {other:?}"),
        }
    }
    for (fault, all) in [
        (Fault::RetryAfter(3), true),
        (refuse(401, "Unauthorized"), true),
        (Fault::ServerError(500), false),
        (Fault::ServerError(502), false),
        (Fault::Garbage, false),
    ] {
        let (shown, _) = outcome(Some(fault.clone()), None).await;
        match shown {
            Err(SendError::Pause(pause) | SendError::Wait(pause)) if all => {
                assert!(pause >= Duration::from_secs(1), "{fault:?}")
            }
            Err(SendError::Later(pause)) if !all => assert!(pause >= Duration::from_secs(1), "{fault:?}"),
            other => panic!("{fault:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_letter_to_edit_finds_its_message_or_becomes_a_new_one() {
    for live in ["999", "no number", "-5"] {
        let (shown, api) = outcome(None, Some(live)).await;
        let live = shown.unwrap().live.unwrap();
        assert_eq!(api.user(1).last_message().id.to_string(), live);
        assert!(!api.violations().iter().any(|refusal| refusal.method == "sendMessage"));
    }
}

#[tokio::test]
async fn an_edit_that_is_refused_becomes_a_new_message_unless_nobody_may_be_written_to() {
    let shows = async |code, words: &str| {
        let api = BotApi::start(TOKEN).await;
        let anna = api.user(1);
        anna.start(None);
        let telegram = Telegram::connect(settings(api.url())).await.unwrap();
        let page = page("hello", Vec::new());
        let letter = Letter { to: "1", page: &page, edit: None, id: "x", thread: None, group: None };
        let live = telegram.show(letter).await.unwrap().live.unwrap();
        api.fault(FaultRule::new(Fault::Refuse(code, words.to_owned())).method("editMessageText"));
        (telegram.show(Letter { edit: Some(&live), ..letter }).await, live, api.requests("sendMessage"))
    };
    for words in ["Bad Request: SOMETHING_NEW", "Logged out", "Bad Request: message thread not found"] {
        let (shown, live, sent) = shows(400, words).await;
        assert!(shown.unwrap().live.is_some_and(|now| now != live) && sent == 2, "{words}");
    }
    let (shown, _, sent) = shows(403, "Forbidden: SOMETHING_NEW").await;
    assert_eq!((shown, sent), (Err(SendError::Gone), 1));
}

#[tokio::test]
async fn people_who_may_not_be_linked_to_cost_only_that_button() {
    let api = BotApi::start(TOKEN).await;
    let anna = api.user(1);
    anna.start(None);
    let telegram = Telegram::connect(settings(api.url())).await.unwrap();
    let button = |label: &str, does| exodus_engine::conversation::Button {
        label: label.into(),
        number: None,
        does,
        nature: Nature::Usual,
    };
    let buttons = vec![
        vec![button("Write", Does::Open("tg://user?id=5".into())), button("Done", Does::Press("1:done".into()))],
        vec![button("Site", Does::Open("https://example.org".into()))],
    ];
    let page = page("hello", buttons);
    for (words, labels) in [
        ("BUTTON_USER_PRIVACY_RESTRICTED", vec!["Done", "Site"]),
        ("BUTTON_USER_INVALID", vec!["Done", "Site"]),
        ("BUTTON_URL_INVALID", vec!["Done"]),
    ] {
        api.fault(FaultRule::new(Fault::Refuse(400, format!("Bad Request: {words}"))).method("sendMessage"));
        telegram.show(Letter { to: "1", page: &page, edit: None, id: "x", thread: None, group: None }).await.unwrap();
        assert_eq!(anna.last_message().labels(), labels, "{words}");
    }
    assert!(api.violations().is_empty());
}
