//! Notices to everybody, at the pace that the bot keeps in Matrix.

use std::path::Path;
use std::time::{Duration, Instant};

use exodus::store;
use exodus::store::outbox::{self, TELLS};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bot::Bot;
use crate::program::database_url;
use crate::waiting_notices::{fill, sent};

/// So many wait: more than can be sent while it is measured.
const WAITING: usize = 3_000;

/// The pace comes to its measure.
const WARM_UP: Duration = Duration::from_secs(3);

const MEASURED: Duration = Duration::from_secs(20);

/// What it came to.
pub struct Notices {
    pub a_second: f64,
    /// The processor time of the bot.
    pub of_a_core: f64,
}

/// Queues notices for all members, one after another, and sees how they go out. What is left of them is taken away.
pub async fn measure(bot: &Bot, dir: &Path) -> anyhow::Result<Notices> {
    let db = store::connect(&database_url(dir)).await?;
    fill(&db, WAITING as u64, TELLS, WAITING).await?;
    tokio::time::sleep(WARM_UP).await;
    let (began, cpu, before) = (Instant::now(), bot.cpu_seconds()?, sent(&db).await?);
    tokio::time::sleep(MEASURED).await;
    let (took, cpu, told) = (began.elapsed().as_secs_f64(), bot.cpu_seconds()? - cpu, sent(&db).await? - before);
    outbox::Entity::delete_many().filter(outbox::Column::SentAt.is_null()).exec(&db).await?;
    db.close().await?;
    Ok(Notices { a_second: told as f64 / took, of_a_core: cpu / took })
}
