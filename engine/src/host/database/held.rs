use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the file beside the database is called that is locked as long as somebody works on it.
const MARK: &str = "-in-use";

/// A restart may begin before the old process has quite ended.
const PATIENCE: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(250);

/// A SQLite file that is worked on by us alone. SQLite itself would let several work on it, but they would not know of each
/// other's pace, and each could bring the tables to another release. It ends with the process, however that ends; whoever
/// only copies the file or looks into it is not kept from that.
pub(super) struct Held {
    /// `None`: this file system has no locks.
    _lock: Option<File>,
}

impl Held {
    /// Holds the file, which need not be there yet, as soon as nobody else does.
    ///
    /// # Errors
    /// Another process works on it, and goes on doing so.
    pub async fn wait_for(file: &Path) -> anyhow::Result<Held> {
        let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        // Where nothing can be made, the database can't be opened either, and that tells more.
        let Ok(lock) = open(&mark(&file)) else { return Ok(Held { _lock: None }) };
        for tried in 0..PATIENCE {
            match lock.try_lock() {
                Ok(()) => return Ok(Held { _lock: Some(lock) }),
                Err(TryLockError::WouldBlock) => {
                    if tried == 0 {
                        let seconds = (BETWEEN * PATIENCE).as_secs();
                        let file = file.display();
                        tracing::warn!(%file, seconds, "another process works on the database; its end is waited for");
                    }
                    tokio::time::sleep(BETWEEN).await;
                }
                Err(TryLockError::Error(error)) => {
                    tracing::warn!(%error, "the database can't be locked; see that one process works on it");
                    return Ok(Held { _lock: None });
                }
            }
        }
        anyhow::bail!(
            "database_url: another process works on {}, and one at a time can work on a SQLite file; stop the other one, or \
             use PostgreSQL, which several can share",
            file.display()
        )
    }
}

/// One that somebody else has made can be locked without writing to it.
fn open(mark: &Path) -> std::io::Result<File> {
    let made = File::options().create(true).truncate(false).write(true).open(mark);
    made.or_else(|error| File::open(mark).map_err(|_| error))
}

fn mark(file: &Path) -> PathBuf {
    let mut mark = file.as_os_str().to_owned();
    mark.push(MARK);
    mark.into()
}
