//! A real mail server: installed by `scripts/mailserver`, started by the tests, gone with them.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::disk::fast_disk;

/// The part of an address after the `@`.
pub const DOMAIN: &str = "mail.test";

/// Of every mailbox.
pub const PASSWORD: &str = "secret";

/// The server that tests share, each with people of its own.
pub fn shared() -> &'static Server {
    static SHARED: OnceLock<Server> = OnceLock::new();
    SHARED.get_or_init(Server::start)
}

/// A mail server with a state of its own, on ports of its own.
pub struct Server {
    state: PathBuf,
    port: u16,
    /// Its input is open as long as this process lives: its end tells the server that nobody needs it any more.
    running: Option<Child>,
}

impl Server {
    pub fn start() -> Server {
        let state = tempfile::Builder::new().prefix("exodus-mail.").tempdir_in(fast_disk()).unwrap().keep();
        let mut server = Server { state, port: two_free_ports(), running: None };
        server.starts();
        server
    }

    /// Starts it on the state that it has.
    pub fn starts(&mut self) {
        let mut running = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/mailserver"))
            .arg("run")
            .arg(&self.state)
            .arg(self.port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(running.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "up\n", "scripts/mailserver does not start a mail server");
        self.running = Some(running);
    }

    /// Stops it; its state stays.
    pub fn stops(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        drop(running.stdin.take());
        running.wait().unwrap();
    }

    pub fn imap(&self) -> u16 {
        self.port
    }

    pub fn smtp(&self) -> u16 {
        self.port + 1
    }

    /// From now on the mailbox of this name is full, and who writes there hears of it later.
    pub fn is_full(&self, name: &str) {
        std::fs::write(self.state.join("bounces"), format!("{name}\n")).unwrap();
    }

    /// How a mailbox is signed in to.
    pub fn transport(&self, address: &str) -> Value {
        json!({
            "addr": address, "password": PASSWORD,
            "imapServer": "127.0.0.1", "imapPort": self.imap(), "imapSecurity": "plain",
            "smtpServer": "127.0.0.1", "smtpPort": self.smtp(), "smtpSecurity": "plain",
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stops();
        let _ = std::fs::remove_dir_all(&self.state);
    }
}

/// The program that speaks Delta Chat's protocols.
pub fn program() -> String {
    std::env::var("EXODUS_TEST_DELTACHAT").unwrap_or_else(|_| {
        panic!(
            "these tests need deltachat-rpc-server and a mail server: run them by `scripts/test --test deltachat`, which \
             installs both, or set EXODUS_TEST_DELTACHAT as `scripts/mailserver install` says"
        )
    })
}

/// The first of two ports, one behind the other, that nobody listens on.
fn two_free_ports() -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if first < u16::MAX && TcpListener::bind(("127.0.0.1", first + 1)).is_ok() {
            return first;
        }
    }
}
