//! The line between a client and its homeserver: it can be cut, listened in on, and made to lose or to hold things.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::server::Server;
use crate::waiting::until_true;

pub struct Line {
    state: Arc<State>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Passes,
    /// The server gets it; its answer never arrives.
    Unanswered,
    /// The client is told that all is well; the server gets it when it is released.
    Held,
    /// The client is told that all is well; the server never gets it.
    Lost,
    /// The client is told that it may not be, with this status and code; the server never gets it.
    Refused(u16, &'static str),
}

struct State {
    server: SocketAddr,
    /// Cancelled when the line is cut, so that what is on its way is lost.
    cut: Mutex<CancellationToken>,
    is_cut: Mutex<bool>,
    /// Requests whose path contains this have this fate.
    fates: Mutex<Vec<(&'static str, Fate)>>,
    held: Mutex<Vec<Vec<u8>>>,
    /// `METHOD path` of each request.
    requests: Mutex<Vec<String>>,
    /// All that the server has answered.
    answers: Mutex<Vec<u8>>,
}

impl Line {
    pub async fn to(server: &Server) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            server: SocketAddr::from(([127, 0, 0, 1], server.port())),
            cut: Mutex::default(),
            is_cut: Mutex::default(),
            fates: Mutex::default(),
            held: Mutex::default(),
            requests: Mutex::default(),
            answers: Mutex::default(),
        });
        let accepting = tokio::spawn(accept(listener, state.clone()));
        Line { state, address, accepting }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Nothing passes any more, and what was on its way is lost.
    pub fn cut(&self) {
        *self.state.is_cut.lock().unwrap() = true;
        self.state.cut.lock().unwrap().cancel();
    }

    pub fn mend(&self) {
        *self.state.cut.lock().unwrap() = CancellationToken::new();
        *self.state.is_cut.lock().unwrap() = false;
    }

    /// From now on, answers to requests whose path contains this are lost.
    pub fn loses_answers_to(&self, path: &'static str) {
        self.state.fates.lock().unwrap().push((path, Fate::Unanswered));
    }

    /// From now on, requests whose path contains this are held back.
    pub fn holds(&self, path: &'static str) {
        self.state.fates.lock().unwrap().push((path, Fate::Held));
    }

    /// From now on, requests whose path contains this are lost, and their sender does not notice.
    pub fn loses(&self, path: &'static str) {
        self.state.fates.lock().unwrap().push((path, Fate::Lost));
    }

    /// From now on, requests whose path contains this are refused like this.
    pub fn refuses(&self, path: &'static str, status: u16, code: &'static str) {
        self.state.fates.lock().unwrap().push((path, Fate::Refused(status, code)));
    }

    /// All passes again; what was held is still held.
    pub fn passes_all(&self) {
        self.state.fates.lock().unwrap().clear();
    }

    /// Brings the server what was held back.
    pub async fn releases(&self) {
        let held = std::mem::take(&mut *self.state.held.lock().unwrap());
        assert!(!held.is_empty(), "nothing was held");
        for request in held {
            let mut server = TcpStream::connect(self.state.server).await.unwrap();
            server.write_all(&request).await.unwrap();
            let mut answer = [0; 12];
            server.read_exact(&mut answer).await.unwrap();
            assert_eq!(&answer, b"HTTP/1.1 200");
        }
    }

    /// How many requests there were whose `METHOD path` contains this.
    pub fn requests(&self, part: &str) -> usize {
        self.state.requests.lock().unwrap().iter().filter(|request| request.contains(part)).count()
    }

    /// How often the server has answered this.
    pub fn answers(&self, words: &str) -> usize {
        let answers = self.state.answers.lock().unwrap();
        answers.windows(words.len()).filter(|window| *window == words.as_bytes()).count()
    }

    /// Waits until the server has answered something that contains this.
    pub async fn has_brought(&self, words: &str) {
        until_true("the homeserver brings it", async || self.answers(words) > 0).await;
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((client, _)) = listener.accept().await {
        if *state.is_cut.lock().unwrap() {
            continue;
        }
        let (state, cut) = (state.clone(), state.cut.lock().unwrap().clone());
        tokio::spawn(async move {
            tokio::select! {
                () = cut.cancelled() => {}
                _ = carry(client, state) => {}
            }
        });
    }
}

/// Carries one connection until either side ends it.
async fn carry(client: TcpStream, state: Arc<State>) -> std::io::Result<()> {
    let server = TcpStream::connect(state.server).await?;
    for side in [&client, &server] {
        side.set_nodelay(true)?;
    }
    let ((mut from_client, to_client), (from_server, mut to_server)) = (client.into_split(), server.into_split());
    let to_client = Arc::new(tokio::sync::Mutex::new(to_client));
    let lost = CancellationToken::new();
    let answers = carry_answers(from_server, to_client.clone(), state.clone(), lost.clone());
    let requests = async {
        while let Some(request) = Request::read(&mut from_client).await? {
            state.requests.lock().unwrap().push(request.line.clone());
            let fate = state.fates.lock().unwrap().iter().find(|(path, _)| request.line.contains(path)).map(|it| it.1);
            match fate.unwrap_or(Fate::Passes) {
                Fate::Passes => to_server.write_all(&request.bytes).await?,
                Fate::Unanswered => {
                    lost.cancel();
                    to_server.write_all(&request.bytes).await?;
                }
                Fate::Lost => to_client.lock().await.write_all(ALL_IS_WELL).await?,
                Fate::Refused(status, code) => {
                    let body = format!("{{\"errcode\":\"{code}\",\"error\":\"in words\"}}");
                    let head = format!(
                        "HTTP/1.1 {status} No\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                        body.len()
                    );
                    to_client.lock().await.write_all(format!("{head}{body}").as_bytes()).await?;
                }
                Fate::Held => {
                    state.held.lock().unwrap().push(request.bytes);
                    to_client.lock().await.write_all(ALL_IS_WELL).await?;
                }
            }
        }
        Ok(())
    };
    tokio::select! {
        ended = answers => ended,
        ended = requests => ended,
    }
}

const ALL_IS_WELL: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

async fn carry_answers(
    mut from: OwnedReadHalf,
    to: Arc<tokio::sync::Mutex<OwnedWriteHalf>>,
    state: Arc<State>,
    lost: CancellationToken,
) -> std::io::Result<()> {
    let mut some = vec![0; 64 * 1024];
    loop {
        let length = from.read(&mut some).await?;
        // The server has done what was asked; that is when the connection breaks.
        if length == 0 || lost.is_cancelled() {
            return Ok(());
        }
        state.answers.lock().unwrap().extend_from_slice(&some[..length]);
        to.lock().await.write_all(&some[..length]).await?;
    }
}

/// One request of HTTP/1.1, as it came.
struct Request {
    line: String,
    bytes: Vec<u8>,
}

impl Request {
    /// Nothing, when the client has nothing more to ask.
    async fn read(from: &mut OwnedReadHalf) -> std::io::Result<Option<Request>> {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            match from.read_u8().await {
                Ok(byte) => bytes.push(byte),
                Err(_) => return Ok(None),
            }
        }
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let line = head.lines().next().unwrap_or_default().to_owned();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let mut body = vec![0; length.unwrap_or(0)];
        from.read_exact(&mut body).await?;
        bytes.extend(body);
        Ok(Some(Request { line, bytes }))
    }
}
