//! A real Synapse: installed by `scripts/synapse`, started by the tests, gone with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::disk::fast_disk;
use crate::plain::{self, Answer};

/// How long a start may take on a machine that has a lot to do.
const START: Duration = Duration::from_secs(90);

/// The part of a user id after the colon, the same on each of our servers: they never talk with each other.
pub const NAME: &str = "localhost";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    Off,
    /// What Synapse allows when nobody has set anything, except that tests sign in and register as they please.
    Usual,
}

/// The server that tests share, each with people of its own.
pub async fn shared() -> &'static Server {
    static SHARED: OnceCell<Server> = OnceCell::const_new();
    SHARED.get_or_init(|| Server::start(Limits::Off)).await
}

/// A homeserver with a state of its own, on a port of its own.
pub struct Server {
    state: PathBuf,
    port: u16,
    running: Option<Running>,
    /// Of somebody who only looks.
    witness: OnceCell<String>,
}

struct Running {
    child: Child,
    /// Its end tells the server that nobody needs it any more, also when this process is killed.
    _lifeline: ChildStdin,
}

impl Server {
    pub async fn start(limits: Limits) -> Server {
        let mut server = Server::made(limits);
        server.start_again().await;
        server
    }

    /// With a clock that is so many seconds ahead.
    pub async fn start_ahead(seconds: u64) -> Server {
        let mut server = Server::made(Limits::Off);
        fs::write(server.state.join("ahead"), seconds.to_string()).unwrap();
        server.start_again().await;
        server
    }

    /// Starts again, with a clock that is right.
    pub async fn puts_its_clock_right(&mut self) {
        self.kill();
        fs::remove_file(self.state.join("ahead")).unwrap();
        self.start_again().await;
    }

    fn made(limits: Limits) -> Server {
        let state = tempfile::Builder::new().prefix("exodus-synapse.").tempdir_in(fast_disk()).unwrap().keep();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // YAML can be written as JSON.
        fs::write(state.join("homeserver.yaml"), config(&state, port, limits).to_string()).unwrap();
        fs::write(state.join("signing.key"), SIGNING_KEY).unwrap();
        fs::write(state.join("log.config"), log_config(&state).to_string()).unwrap();
        Server { state, port, running: None, witness: OnceCell::new() }
    }

    /// Starts it on the state that it has, and waits until it answers.
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "the server runs already");
        let output = fs::File::create(self.state.join("output.log")).unwrap();
        let mut child = Command::new(python())
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/testing/matrix/homeserver.py"))
            .arg(&self.state)
            .current_dir(&self.state)
            .stdin(Stdio::piped())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .expect("EXODUS_TEST_SYNAPSE can't be run; scripts/synapse install makes it again");
        let lifeline = child.stdin.take().unwrap();
        self.running = Some(Running { child, _lifeline: lifeline });
        if tokio::time::timeout(START, self.is_up()).await.is_err() {
            panic!("Synapse did not start:\n{}", self.output());
        }
    }

    async fn is_up(&mut self) {
        while plain::get(&self.url(), "/health", None).await.is_none_or(|answer| answer.status != 200) {
            let running = self.running.as_mut().unwrap();
            if let Some(status) = running.child.try_wait().unwrap() {
                panic!("Synapse ended with {status}:\n{}", self.output());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn output(&self) -> String {
        fs::read_to_string(self.state.join("output.log")).unwrap_or_default()
    }

    /// Stops it without warning; its state stays.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.child.kill().unwrap();
            running.child.wait().unwrap();
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its database; nobody else may use it while the server runs.
    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.state.join("homeserver.db").display())
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes an account without signing in to it.
    pub async fn register(&self, name: &str, password: &str) -> String {
        let account = json!({
            "username": name, "password": password, "inhibit_login": true, "auth": { "type": "m.login.dummy" },
        });
        let made = self.post("/_matrix/client/v3/register", None, &account).await;
        made["user_id"].as_str().unwrap().to_owned()
    }

    /// Signs in by a device of its own, and gives the access token.
    pub async fn token(&self, user: &str, password: &str) -> String {
        let who = json!({
            "type": "m.login.password", "password": password,
            "identifier": { "type": "m.id.user", "user": user },
        });
        let session = self.post("/_matrix/client/v3/login", None, &who).await;
        session["access_token"].as_str().unwrap().to_owned()
    }

    /// The devices of this account that messages can be encrypted for.
    pub async fn devices_of(&self, user: &str) -> Vec<String> {
        let witness = self.witness.get_or_init(|| async {
            self.register("witness", "of the keys").await;
            self.token("witness", "of the keys").await
        });
        let asked = json!({ "device_keys": { user: [] } });
        let keys = self.post("/_matrix/client/v3/keys/query", Some(witness.await), &asked).await;
        keys["device_keys"][user].as_object().map(|devices| devices.keys().cloned().collect()).unwrap_or_default()
    }

    /// What the server says, which has to be a success.
    pub async fn get(&self, path: &str, token: &str) -> Value {
        let answer = plain::get(&self.url(), path, Some(token)).await;
        expected(path, answer)
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        expected(path, plain::send("POST", &self.url(), path, token, body).await)
    }

    pub async fn put(&self, path: &str, token: &str, body: &Value) -> Value {
        expected(path, plain::send("PUT", &self.url(), path, Some(token), body).await)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        let _ = fs::remove_dir_all(&self.state);
    }
}

fn expected(path: &str, answer: Option<Answer>) -> Value {
    let answer = answer.unwrap_or_else(|| panic!("{path}: the homeserver does not answer"));
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

/// The Python that has Synapse.
fn python() -> String {
    std::env::var("EXODUS_TEST_SYNAPSE").unwrap_or_else(|_| {
        panic!(
            "these tests need a homeserver: run them by `scripts/test --test matrix`, which installs it, or set \
             EXODUS_TEST_SYNAPSE as `scripts/synapse install` says"
        )
    })
}

/// Any key does: no other server ever sees it.
const SIGNING_KEY: &str = "ed25519 a_test 1u/8c2VyLzFNk6UNgACwMLO7jxDy7c8mXqKIQEolpJ8\n";

fn config(state: &Path, port: u16, limits: Limits) -> Value {
    let mut config = json!({
        "server_name": NAME,
        "public_baseurl": format!("http://127.0.0.1:{port}/"),
        "listeners": [{
            "port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": false, "x_forwarded": false,
            "resources": [{ "names": ["client"], "compress": false }],
        }],
        "database": { "name": "sqlite3", "args": { "database": state.join("homeserver.db") } },
        "log_config": state.join("log.config"),
        "media_store_path": state.join("media"),
        "signing_key_path": state.join("signing.key"),
        "registration_shared_secret": "test-shared-secret",
        "macaroon_secret_key": "m",
        "form_secret": "f",
        "report_stats": false,
        "enable_registration": true,
        "enable_registration_without_verification": true,
        "bcrypt_rounds": 4,
        "trusted_key_servers": [],
        "suppress_key_server_warning": true,
        "federation_domain_whitelist": [],
        "presence": { "enabled": false },
        "server_notices": {
            "system_mxid_localpart": "notices", "system_mxid_display_name": "Notices", "room_name": "Notices",
        },
        "rc_registration": none(),
        "rc_login": { "address": none(), "account": none(), "failed_attempts": none() },
    });
    if limits == Limits::Off {
        for name in ["rc_message", "rc_joins_per_room", "rc_room_creation", "rc_media_create", "rc_admin_redaction"] {
            config[name] = none();
        }
        config["rc_joins"] = json!({ "local": none(), "remote": none() });
        config["rc_invites"] = json!({ "per_room": none(), "per_user": none(), "per_issuer": none() });
    }
    config
}

fn none() -> Value {
    json!({ "per_second": 100_000, "burst_count": 100_000 })
}

fn log_config(state: &Path) -> Value {
    json!({
        "version": 1,
        "formatters": { "line": { "format": "%(asctime)s %(levelname)s %(name)s %(message)s" } },
        "handlers": { "file": { "class": "logging.FileHandler", "formatter": "line", "filename": state.join("server.log") } },
        "root": { "level": "WARNING", "handlers": ["file"] },
        "disable_existing_loggers": false,
    })
}
