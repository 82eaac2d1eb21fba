//! What is said to those who watch over the bot.

use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule};

use crate::database::on_each;
use crate::front::Front;
use crate::program::{Program, TOKEN};

/// The value of a figure; nothing, when it is not shown.
fn figure(figures: &str, name: &str) -> Option<f64> {
    let line = figures.lines().find(|line| line.starts_with(name))?;
    line.rsplit_once(' ')?.1.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_how_it_is_and_counts_what_it_does() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        assert_eq!(program.asked("/health").await.unwrap(), (200, "alive\n".to_owned()));
        assert_eq!(program.asked("/elsewhere").await.unwrap().0, 404);

        // A number that no measured time can hold by chance.
        const ANNA: i64 = 731_005_492_117;
        let anna = api.user(ANNA).named("Анна").lang("ru");
        anna.start(None);
        anna.sees("выберите язык").await;
        anna.presses("Русский");
        anna.sees("Ваш статус").await;
        api.settled().await;
        let (status, figures) = program.asked("/metrics").await.unwrap();
        assert_eq!(status, 200);
        for (name, expected) in [
            ("exodus_build_info{version=\"", 1.0),
            ("exodus_outbox_waiting{messenger=\"telegram\"}", 0.0),
            ("exodus_outbox_oldest_seconds{messenger=\"telegram\"}", 0.0),
            ("exodus_outbox_waiting{messenger=\"none\"}", 0.0),
        ] {
            assert_eq!(figure(&figures, name), Some(expected), "{name}\n{figures}");
        }
        // What was taken and not yet confirmed may have come a second time.
        let turns = figure(&figures, "exodus_turns_total{messenger=\"telegram\",outcome=\"done\"}");
        assert!(turns >= Some(2.0), "{figures}");
        assert_eq!(figure(&figures, "exodus_turn_seconds_count{messenger=\"telegram\"}"), turns);
        assert!(figure(&figures, "exodus_schedule_fired_total").is_none(), "nothing was due:\n{figures}");
        assert!(figures.ends_with("# EOF\n"));
        for personal in ["Анна", &ANNA.to_string(), TOKEN] {
            assert!(!figures.contains(personal), "{personal} is nobody's business:\n{figures}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_it_can_answer_people_it_says_what_is_missing() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        // Telegram takes its time, so there is some in which nobody is listened to.
        api.fault(FaultRule::new(Fault::Hang(Duration::from_secs(1))).method("deleteWebhook"));
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let (_, figures) = program.asked("/metrics").await.unwrap();
        assert_eq!(figure(&figures, "exodus_turns_total"), None, "{figures}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_messenger_that_is_lost_is_named_and_goes_on_by_itself() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        for method in ["getMe", "getUpdates", "deleteWebhook"] {
            api.fault(FaultRule::new(Fault::Refuse(401, "Unauthorized".into())).method(method).always());
        }
        let program = Program::start(&url, api.url(), None);
        program.says("telegram: lost, and tried again: Telegram does not know this token").await;
        assert_eq!(program.asked("/ready").await.unwrap().0, 503);
        assert_eq!(program.asked("/health").await.unwrap().0, 200);
        let asked = api.requests("getMe");
        while api.requests("getMe") < asked + 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let told = |words: &str| program.log().lines().filter(|line| line.contains(words)).count();
        assert_eq!(told("a messenger is lost"), 1, "once, however often it is tried:\n{}", program.log());
        assert!(!program.log().contains(TOKEN));
        api.heal();
        program.is_ready().await;
        assert_eq!(told("a messenger that was lost is heard again"), 1, "{}", program.log());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn telegram_that_is_out_of_reach_at_the_start_is_waited_for() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        let behind = api.url().trim_start_matches("http://").parse().unwrap();
        let mut front = Front::before(vec![behind]).await;
        front.close();
        let program = Program::start(&url, &front.url(), None);
        program.says("telegram: listening, but no good answer has come lately").await;
        assert_eq!(program.asked("/ready").await.unwrap().0, 503);
        front.open().await;
        program.is_ready().await;
        let anna = api.user(101).named("Anna");
        anna.start(None);
        anna.sees("choose your language").await;
    })
    .await;
}
