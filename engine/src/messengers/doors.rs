//! Doors: answering over HTTP, whoever it is that comes. Only so many may stand there at once, and each has only so long to
//! say what they want; so strangers who say nothing, or one letter at a time, keep nobody out for long.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// After what can't be taken in (no more files may be open, say) it is tried again.
const A_MOMENT: Duration = Duration::from_secs(1);

/// What whoever comes is granted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How long the head of a request may take to come, from the moment in which it could: so it ends a connection that is
    /// not used, too.
    pub head: Duration,
    /// How many connections there may be at once. Others wait outside.
    pub connections: usize,
}

impl Limits {
    /// A messenger needs a hundred connections, and most systems allow a process a thousand open files.
    pub const USUAL: Limits = Limits { head: Duration::from_secs(15), connections: 400 };

    /// Where people and programs come whose connections stay open, to be told when something happens.
    pub const PUBLIC: Limits = Limits { connections: 2_000, ..Limits::USUAL };
}

/// Answers whoever comes, until `stop`; then lets what has begun end.
pub(crate) async fn answer(listener: TcpListener, routes: Router, limits: Limits, stop: &CancellationToken) {
    // Whatever ends this ends the connections.
    let stop = stop.child_token();
    let _ends = stop.clone().drop_guard();
    let room = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    loop {
        let comes = async { (room.clone().acquire_owned().await, listener.accept().await) };
        let Some((place, come)) = stop.run_until_cancelled(comes).await else { break };
        match come {
            Ok((stream, _)) => {
                let (routes, stop) = (routes.clone(), stop.clone());
                connections.spawn(async move {
                    serve(stream, routes, limits, &stop).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::debug!(%error, "a connection was not taken in");
                tokio::time::sleep(A_MOMENT).await;
            }
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn serve(stream: TcpStream, routes: Router, limits: Limits, stop: &CancellationToken) {
    // Without this an answer may wait 40 ms for more to send.
    let _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended before its time");
    }
}

/// Compares in the same time whatever is in them, so that the time it takes tells nothing of the secret but its length.
#[cfg_attr(not(any(test, feature = "telegram", feature = "web")), expect(dead_code, reason = "nobody has a secret"))]
pub(crate) fn is_same(given: &[u8], secret: &[u8]) -> bool {
    let difference = given.iter().zip(secret).fold(0, |difference, (a, b)| difference | (a ^ b));
    given.len() == secret.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n";

    /// A door through which few may come at once, for a short time.
    async fn door(connections: usize) -> (std::net::SocketAddr, tokio_util::sync::DropGuard) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let (routes, guard) = (Router::new().route("/", get(async || "hello")), stop.clone().drop_guard());
        let limits = Limits { head: Duration::from_millis(200), connections };
        tokio::spawn(async move { answer(listener, routes, limits, &stop).await });
        (address, guard)
    }

    /// All that is said until the connection ends.
    async fn heard(stream: &mut TcpStream) -> String {
        let mut heard = Vec::new();
        let ends = stream.read_to_end(&mut heard);
        let _ = tokio::time::timeout(Duration::from_secs(20), ends).await.expect("it ends");
        String::from_utf8_lossy(&heard).into_owned()
    }

    #[tokio::test]
    async fn who_says_nothing_is_sent_away() {
        let (address, _door) = door(9).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        assert_eq!(heard(&mut stream).await, "");
    }

    #[tokio::test]
    async fn who_says_one_letter_at_a_time_is_sent_away() {
        let (address, _door) = door(9).await;
        let (mut hears, mut says) = TcpStream::connect(address).await.unwrap().into_split();
        let saying = tokio::spawn(async move {
            for _ in 0.. {
                if says.write_all(b"x").await.is_err() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        let mut heard = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(20), hears.read_to_end(&mut heard)).await.expect("it ends");
        saying.abort();
    }

    #[tokio::test]
    async fn a_connection_that_is_not_used_any_more_ends() {
        let (address, _door) = door(9).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        let answer = heard(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
    }

    #[tokio::test]
    async fn who_stands_in_the_door_keeps_others_out_for_a_moment_only() {
        let (address, _door) = door(1).await;
        let _silent = TcpStream::connect(address).await.unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        assert!(heard(&mut stream).await.ends_with("hello"));
    }

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        for (given, same) in [("secret", true), ("Secret", false), ("secre", false), ("secrets", false), ("", false)] {
            assert_eq!(is_same(given.as_bytes(), b"secret"), same, "{given}");
        }
    }

    #[tokio::test]
    async fn a_stop_ends_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let limits = Limits { head: Duration::from_secs(600), connections: 9 };
        let mut stream = TcpStream::connect(address).await.unwrap();
        stop.cancel();
        answer(listener, Router::new(), limits, &stop).await;
        assert_eq!(heard(&mut stream).await, "");
    }
}
