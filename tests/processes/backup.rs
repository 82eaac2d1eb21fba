//! Backup and restore, as docs/running.md tells how.

use std::time::Duration;

use bot_api::BotApi;
use bot_api::driver::{self, Load, Script};
use exodus::store;
use sea_orm::EntityTrait;

use crate::copies::restored;
use crate::database::on_each;
use crate::program::{Program, TOKEN};

const CYCLE: &str = include_str!("cycle.txt");

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_running_bots_database_is_whole_and_goes_on() {
    on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = api.user(101).named("Анна").lang("ru");
        anna.start(None);
        anna.sees("выберите язык").await;
        anna.presses("Русский");
        anna.sees("Ваш статус").await;

        // Others are in the middle of their help.
        let load = Load {
            members: 8,
            time: Some(Duration::from_secs(60)),
            rounds: Some(1),
            warm_up: Duration::ZERO,
            patience: Duration::from_secs(30),
        };
        let copies = async {
            while store::commitment::Entity::find().all(&db).await.unwrap().is_empty() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            restored(&db, &url).await
        };
        let (report, copy) = tokio::join!(driver::run(&api, Script::parse(CYCLE).unwrap(), &load), copies);
        assert_eq!(report.timeouts, 0, "{:?} {:?}\n{}", report.stuck, report.stuck_example, program.log());
        program.stop().await;

        let db = store::connect(&copy.url).await.unwrap();
        let members = store::member::Entity::find().all(&db).await.unwrap();
        assert!(members.iter().any(|member| member.name == "Анна") && members.len() > 1, "{members:?}");
        assert!(!store::journal::Entity::find().all(&db).await.unwrap().is_empty());
        db.close().await.unwrap();
        let again = Program::start(&copy.url, api.url(), None);
        again.is_ready().await;
        anna.presses("Профиль");
        anna.sees("Мой профиль").await;
        drop(again);
        copy.forget().await;
    })
    .await;
}
