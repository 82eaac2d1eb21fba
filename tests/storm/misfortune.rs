//! What nobody foresaw, while the storm goes: Telegram refuses with words that nobody knows, or does not answer at all, and
//! the database refuses a row that the rules allow.

use std::sync::Arc;
use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use tokio_util::sync::CancellationToken;

use crate::chance::Chance;

/// What the database says to a row that it refuses.
const REFUSED: &str = "this row is refused";

/// It refuses the journal's row of help that somebody declares, for one sum of so many.
const ONE_SUM_OF: usize = 25;

/// The longest time in which Telegram does not answer.
const HANGS: Duration = Duration::from_secs(2);

const METHODS: [&str; 2] = ["sendMessage", "editMessageText"];

const UNKNOWN_WORDS: [&str; 3] = ["Bad Request: SOMETHING_NEW", "Bad Request: message thread not found", "Logged out"];

/// Lets the database refuse some rows from now on.
pub async fn refuse_rows(db: &DatabaseConnection) {
    for statement in match db.get_database_backend() {
        DbBackend::Postgres => &ON_POSTGRES[..],
        _ => &ON_SQLITE[..],
    } {
        let statement = statement.replace("{refused}", REFUSED).replace("{one_of}", &ONE_SUM_OF.to_string());
        db.execute_unprepared(&statement).await.unwrap();
    }
}

const ON_SQLITE: [&str; 1] = ["CREATE TRIGGER refuse_a_row BEFORE INSERT ON journal
    WHEN NEW.what = 'declared' AND NEW.actor_id IS NOT NULL AND json_extract(NEW.facts, '$.help.sum') % {one_of} = 7
    BEGIN SELECT RAISE(ABORT, '{refused}'); END"];

const ON_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION refuse_a_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '{refused}' USING ERRCODE = 'check_violation';
    END $$",
    "CREATE TRIGGER refuse_a_row BEFORE INSERT ON journal FOR EACH ROW
        WHEN (NEW.what = 'declared' AND NEW.actor_id IS NOT NULL AND (NEW.facts::json #>> '{help,sum}')::bigint % {one_of} = 7)
        EXECUTE FUNCTION refuse_a_row()",
];

/// How often a turn broke because of such a row, by the operator's log.
pub fn rows_refused(log: &str) -> usize {
    log.lines().filter(|line| line.contains("ERROR") && line.contains(REFUSED)).count()
}

/// Meets these people in Telegram, one after another, until it is `over`.
pub async fn strikes(api: Arc<BotApi>, people: Vec<i64>, mut chance: Chance, over: CancellationToken) {
    loop {
        let rest = chance.millis(100, 700);
        if over.run_until_cancelled(tokio::time::sleep(rest)).await.is_none() {
            return api.heal();
        }
        let fault = match chance.one_of(&UNKNOWN_WORDS) {
            Some(words) if chance.percent(70) => Fault::Refuse(400, (*words).to_owned()),
            _ => Fault::Hang(HANGS),
        };
        let (Some(person), Some(method)) = (chance.one_of(&people).copied(), chance.one_of(&METHODS)) else { return };
        api.fault(FaultRule::new(fault).chat(person).method(method));
    }
}
