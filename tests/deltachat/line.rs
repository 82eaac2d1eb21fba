//! A line to the mail server's door for outgoing mail, on which things go wrong.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::server::Server;

/// What becomes of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Passes,
    /// Its recipient is refused like this.
    Recipient(&'static str),
    /// The mail itself is.
    Mail(&'static str),
    /// The server takes it, and its answer never arrives.
    Unanswered,
}

pub struct Line {
    fate: Arc<Mutex<Fate>>,
    port: u16,
    accepting: JoinHandle<()>,
}

impl Line {
    pub async fn to(server: &Server) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, fate, server) =
            (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Fate::Passes)), server.smtp());
        let accepting = tokio::spawn({
            let fate = fate.clone();
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(carry(client, server, fate.clone()));
                }
            }
        });
        Line { fate, port, accepting }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on this becomes of every mail.
    pub fn does(&self, fate: Fate) {
        *self.fate.lock().unwrap() = fate;
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Carries a conversation line by line, until either side ends it.
async fn carry(client: TcpStream, server: u16, fate: Arc<Mutex<Fate>>) -> std::io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server)).await?;
    let (from_client, mut to_client) = client.into_split();
    let (from_server, mut to_server) = server.into_split();
    let (mut asked, mut answered) = (BufReader::new(from_client), BufReader::new(from_server));
    let mut greeting = Vec::new();
    reply(&mut answered, &mut greeting).await?;
    to_client.write_all(&greeting).await?;
    loop {
        let mut line = Vec::new();
        if asked.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let command = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let now = *fate.lock().unwrap();
        let refusal = match (command.as_slice(), now) {
            (b"RCPT", Fate::Recipient(why)) => Some((why, false)),
            (b"DATA", Fate::Mail(why)) => Some((why, true)),
            _ => None,
        };
        if let Some((why, begun)) = refusal {
            to_client.write_all(format!("{why}\r\n").as_bytes()).await?;
            if begun {
                to_server.write_all(b"RSET\r\n").await?;
                reply(&mut answered, &mut Vec::new()).await?;
            }
            continue;
        }
        to_server.write_all(&line).await?;
        let mut said = Vec::new();
        reply(&mut answered, &mut said).await?;
        if command == b"EHLO" {
            // One command after another, so that each can be answered by itself.
            said = String::from_utf8_lossy(&said)
                .replace("PIPELINING", "X-NOTHING")
                .replace("CHUNKING", "X-NONE")
                .into_bytes();
        }
        to_client.write_all(&said).await?;
        if command == b"AUTH" && said.starts_with(b"334") {
            let mut secret = Vec::new();
            asked.read_until(b'\n', &mut secret).await?;
            to_server.write_all(&secret).await?;
            let mut said = Vec::new();
            reply(&mut answered, &mut said).await?;
            to_client.write_all(&said).await?;
        }
        if command == b"DATA" && said.starts_with(b"354") {
            let mut line = Vec::new();
            while line != b".\r\n" {
                line.clear();
                asked.read_until(b'\n', &mut line).await?;
                to_server.write_all(&line).await?;
            }
            let mut said = Vec::new();
            reply(&mut answered, &mut said).await?;
            if now == Fate::Unanswered {
                return Ok(());
            }
            to_client.write_all(&said).await?;
        }
    }
}

/// One answer, of whatever many lines.
async fn reply(from: &mut (impl AsyncBufReadExt + Unpin), said: &mut Vec<u8>) -> std::io::Result<()> {
    loop {
        let before = said.len();
        if from.read_until(b'\n', said).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if said.get(before + 3) != Some(&b'-') {
            return Ok(());
        }
    }
}
