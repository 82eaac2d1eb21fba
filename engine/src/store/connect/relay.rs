//! A server that vanishes without a word (a machine that lost its power, a network that swallows everything) leaves its
//! clients waiting for ever, and with them their transactions and all connections that there are. The driver knows no
//! deadline for an answer, and a statement must not be dropped halfway: its connection would be given to somebody else.
//!
//! So on Linux the driver reaches the server through a door in this process, which passes on what each says to the other,
//! and closes a connection whose server owes an answer for too long. Whoever waits for it gets an error, as after a crash.
//! What is passed on is not looked at; encryption is between the driver and the server, as ever. The door has no name in
//! the file system, and lets in nobody but this process.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::sqlx::postgres::PgConnectOptions;
use tokio_util::sync::CancellationToken;

/// How many pieces of work are going on that may well take long.
static UNHURRIED: AtomicUsize = AtomicUsize::new(0);

/// As long as this is held, no server is taken for lost.
pub(in crate::store) struct Unhurried;

/// For work that may well take long, such as changing a schema.
pub(in crate::store) fn unhurried() -> Unhurried {
    UNHURRIED.fetch_add(1, Ordering::Relaxed);
    Unhurried
}

impl Drop for Unhurried {
    fn drop(&mut self) {
        UNHURRIED.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Opens a door to this server, until it is `over`; says where it is. None: it is reached directly.
#[cfg(not(target_os = "linux"))]
pub(super) fn open(_: &PgConnectOptions, _: &CancellationToken) -> Option<PathBuf> {
    None
}

#[cfg(target_os = "linux")]
pub(super) use door::open;

#[cfg(target_os = "linux")]
mod door {
    use std::io::{Error, ErrorKind, Result};
    use std::sync::Arc;
    use std::sync::atomic::AtomicU64;
    use std::time::{Duration, Instant};

    use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
    use tokio::net::{TcpStream, UnixListener, UnixStream};

    use super::super::hindrance;
    use super::{CancellationToken, Ordering, PathBuf, PgConnectOptions, UNHURRIED};

    /// How long a server may owe an answer. Longer than a statement may take (see `session`), and so short that half a
    /// minute after it vanished all is well again.
    const PATIENCE: Duration = Duration::from_secs(25);

    /// How long it may take to let us in.
    const KNOCKS: Duration = Duration::from_secs(5);

    /// Tells apart the doors of one process.
    static DOORS: AtomicU64 = AtomicU64::new(0);

    pub(in super::super) fn open(server: &PgConnectOptions, over: &CancellationToken) -> Option<PathBuf> {
        // A server that is reached through a file is on this machine, and does not vanish.
        if server.get_socket().is_some() || server.get_host().starts_with('/') {
            return None;
        }
        let door = format!("\0exodus-engine-{}-{}", std::process::id(), DOORS.fetch_add(1, Ordering::Relaxed));
        // As the driver names what it finds there.
        let listener = UnixListener::bind(format!("{door}/.s.PGSQL.{}", server.get_port()));
        let listener = listener.inspect_err(|error| {
            tracing::warn!(%error, "a database server that vanishes without a word will be waited for too long");
        });
        let way = Arc::new(Way { host: server.get_host().to_owned(), port: server.get_port() });
        tokio::spawn(over.clone().run_until_cancelled_owned(let_in(listener.ok()?, way)));
        Some(door.into())
    }

    /// Where the server is.
    struct Way {
        host: String,
        port: u16,
    }

    impl Way {
        async fn lead(&self) -> Result<TcpStream> {
            let there = TcpStream::connect((&*self.host, self.port));
            let there = tokio::time::timeout(KNOCKS, there).await.map_err(late).flatten();
            match &there {
                Ok(_) => hindrance::gone(),
                // The driver only hears that its door was closed.
                Err(error) => hindrance::met(format!("the database server can't be reached: {error}")),
            }
            there
        }
    }

    async fn let_in(listener: UnixListener, way: Arc<Way>) {
        loop {
            match listener.accept().await {
                Ok((driver, _)) if is_ours(&driver) => {
                    let way = way.clone();
                    tokio::spawn(async move {
                        if let Err(error) = serve(driver, &way).await {
                            tracing::debug!(%error, "a connection to the database was closed");
                        }
                    });
                }
                Ok(_) => {}
                // Out of files, perhaps for a moment.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    fn is_ours(driver: &UnixStream) -> bool {
        let we = i32::try_from(std::process::id()).ok();
        driver.peer_cred().is_ok_and(|theirs| theirs.pid() == we)
    }

    #[allow(clippy::disallowed_methods, reason = "how long a server owes an answer, which no clock of the bot's says")]
    async fn serve(driver: UnixStream, way: &Way) -> Result<()> {
        let server = way.lead().await?;
        server.set_nodelay(true)?;
        let (began, asked_at) = (Instant::now(), AtomicU64::new(ANSWERED));
        let (mut from_driver, mut to_driver) = driver.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        let asks = pass(&mut from_driver, &mut to_server, || {
            // The first question counts.
            let now = millis(began.elapsed());
            let _ = asked_at.compare_exchange(ANSWERED, now, Ordering::Relaxed, Ordering::Relaxed);
        });
        let answers = pass(&mut from_server, &mut to_driver, || asked_at.store(ANSWERED, Ordering::Relaxed));
        tokio::select! {
            over = asks => over,
            over = answers => over,
            () = owes_an_answer(began, &asked_at) => Err(late(())),
        }
    }

    /// No question is open.
    const ANSWERED: u64 = u64::MAX;

    /// Waits until a question has been open for too long.
    async fn owes_an_answer(began: Instant, asked_at: &AtomicU64) {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let asked_at = asked_at.load(Ordering::Relaxed);
            let open = millis(began.elapsed()).saturating_sub(asked_at);
            if open >= millis(PATIENCE) && UNHURRIED.load(Ordering::Relaxed) == 0 {
                return;
            }
        }
    }

    /// Passes on what one says to the other until there is no more.
    async fn pass(
        from: &mut (impl AsyncRead + Unpin),
        to: &mut (impl AsyncWrite + Unpin),
        heard: impl Fn(),
    ) -> Result<()> {
        let mut said = vec![0; 16 * 1024];
        loop {
            let length = from.read(&mut said).await?;
            if length == 0 {
                return to.shutdown().await;
            }
            heard();
            to.write_all(&said[..length]).await?;
        }
    }

    fn millis(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }

    fn late<T>(_: T) -> Error {
        Error::new(ErrorKind::TimedOut, "the database server does not answer")
    }
}
