//! A program's configuration: the database, what is answered over HTTP, the messengers, and what is the bot's own.

use std::net::SocketAddr;
use std::path::Path;

use figment::value::{Dict, Value as Found};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::database::{self, Opened};
use crate::config::{ConfigError, DatabaseUrl, Discord, Environment, Known, Source, StandIn, Value, maybe, one, read};
use crate::messengers::{self, Messengers};
use crate::store;
use crate::store::schema::Steps;

/// A bot's own keys, and how its program is called.
pub trait Keys: DeserializeOwned {
    /// The program's name: `bot` reads `bot.toml` and `BOT_...`, and keeps all in `bot.db`, when nothing else is
    /// said. Small letters.
    const PROGRAM: &'static str;

    /// The same in capital letters.
    const PREFIX: &'static str;

    /// Its sections.
    const SECTIONS: &'static [&'static str] = &[];

    /// Those of them whose keys are written in capital letters.
    const IN_CAPITALS: &'static [&'static str] = &[];

    /// What variables of the environment begin with, after the prefix, that are no keys.
    const OTHERS: &'static [&'static str] = &[];

    /// What can be read in the place of its keys that are needed and can't be had.
    const STAND_INS: &'static [StandIn] = &[];

    /// What is wrong with values that can be read, each for itself, but don't go together.
    fn discords(&self) -> Vec<Discord> {
        Vec::new()
    }

    /// What an operator should know of them, though they can be meant.
    fn warnings(&self) -> Vec<String> {
        Vec::new()
    }
}

/// All that whoever hosts a bot decides.
#[derive(Clone, Debug)]
pub struct Configuration<K> {
    /// Where everything is kept.
    pub database: Database,
    /// What other programs ask over HTTP.
    pub http: Option<HttpSection>,
    /// The bot's accounts.
    pub messengers: Messengers,
    /// What is the bot's own.
    pub own: K,
}

/// Where everything is kept: keys at the top of the file.
#[derive(Clone, Debug)]
pub struct Database {
    /// A SQLite file, or PostgreSQL.
    pub url: DatabaseUrl,
    /// How many connections to PostgreSQL this process may hold.
    pub connections: u32,
}

/// `[http]`: what other programs ask over HTTP: `/health`, `/ready`, `/metrics`. Off without this section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSection {
    /// The address and port to listen at.
    #[serde(deserialize_with = "one")]
    pub listen: SocketAddr,
    /// The address under which people reach it: then the bot has pages for browsers. What stands in front brings them here.
    #[serde(default, deserialize_with = "maybe")]
    pub public_url: Option<PublicUrl>,
}

/// The address under which people come: a name, and nothing behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(pub Url);

impl Value for PublicUrl {
    const EXPECTED: &'static str = "an https (or http) address with nothing behind the name: https://help.example.org";

    fn read(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let is_plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        (is_plain && url.username().is_empty() && url.password().is_none()).then_some(PublicUrl(url))
    }
}

impl HttpSection {
    /// What an operator should know of the pages, though it does no harm yet.
    fn warning(&self) -> Option<String> {
        let PublicUrl(url) = self.public_url.as_ref()?;
        let host = url.host_str().unwrap_or_default();
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".onion");
        (url.scheme() == "http" && !is_here).then(|| {
            "http.public_url: without https whoever is between people and the bot reads and changes what they do"
                .to_owned()
        })
    }
}

/// The host's own keys, as they are written.
#[derive(Deserialize)]
struct Ground {
    #[serde(default, deserialize_with = "maybe")]
    database_url: Option<DatabaseUrl>,
    #[serde(default, deserialize_with = "maybe")]
    database_connections: Option<Connections>,
    http: Option<HttpSection>,
}

/// Its keys.
const GROUND: [&str; 3] = ["database_url", "database_connections", "http"];

const HTTP: StandIn = (&["http", "listen"], "127.0.0.1:1");

/// How many connections to a database.
struct Connections(u32);

impl Value for Connections {
    const EXPECTED: &'static str = "a number of connections, 1 to 1000";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|connections| (1..=1000).contains(connections)).map(Connections)
    }
}

impl<K: Keys> Configuration<K> {
    /// Reads the file, and the environment over it. Without a `file`, that of the program is read if there is one.
    ///
    /// # Errors
    /// Every line says what to mend.
    pub fn load(file: Option<&Path>) -> Result<Configuration<K>, ConfigError> {
        Configuration::load_for(K::PROGRAM, file)
    }

    /// The same for a program that is called `program`.
    pub(super) fn load_for(program: &str, file: Option<&Path>) -> Result<Configuration<K>, ConfigError> {
        let usual = format!("{program}.toml");
        let path = file.unwrap_or(Path::new(&usual));
        let text = match std::fs::read_to_string(path) {
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ConfigError(vec![format!("{} can't be read: {error}", path.display())])),
            Ok(text) => text,
        };
        taken(program, &path.display().to_string(), &text, &Environment::of_this_process(known::<K>()))
    }

    /// Reads the text of a file that is called `file`, and these environment variables over it.
    ///
    /// # Errors
    /// As [`Configuration::load`].
    pub fn read(
        file: &str,
        text: &str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Configuration<K>, ConfigError> {
        taken(K::PROGRAM, file, text, &Environment::read(known::<K>(), variables))
    }
}

/// One thing that was looked at: what was found, or what to mend.
pub type Line = (&'static str, Result<String, String>);

impl<K: Keys> Configuration<K> {
    /// Opens the database and brings it up to date. A server that is just starting is waited for, and a file is worked on by
    /// one process alone. `None`: we were told to stop before it could be opened.
    ///
    /// # Errors
    /// It can't be opened, or does not take a migration, or is a file that another process works on: with what to do.
    pub async fn open(&self, tables: Steps, stop: &CancellationToken) -> anyhow::Result<Option<Opened>> {
        let opened = database::open_for_a_start(&self.database, tables, stop).await?;
        for warning in self.warnings() {
            tracing::warn!("{warning}");
        }
        Ok(opened)
    }

    /// Brings the database up to date, and waits for nothing.
    ///
    /// # Errors
    /// As [`Configuration::open`].
    pub async fn migrate(&self, tables: Steps) -> anyhow::Result<()> {
        Ok(database::open_up_to_date(&self.database, tables).await?.close().await?)
    }

    /// Looks whether the bot could run, and changes nothing: the database, and each messenger.
    pub async fn check(&self, tables: Steps) -> Vec<Line> {
        let mut lines = vec![("database", database::check(&self.database, tables).await)];
        lines.extend(self.messengers.check().await);
        lines.extend(self.pages());
        lines
    }

    /// The pages for browsers, if there are to be any.
    fn pages(&self) -> Option<Line> {
        let http = self.http.as_ref()?;
        let PublicUrl(url) = http.public_url.as_ref()?;
        let found = format!("pages for people at {url}, which has to lead to {} here", http.listen);
        Some(("web", Ok(found)))
    }

    /// What an operator should know, though it does no harm yet.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = database::warnings(&self.database, self.messengers.places());
        warnings.extend(self.http.as_ref().and_then(HttpSection::warning));
        warnings.extend(self.own.warnings());
        warnings
    }
}

fn known<K: Keys>() -> Known {
    let sections = messengers::names().into_iter().chain(["http"]).chain(K::SECTIONS.iter().copied());
    Known { prefix: K::PREFIX, sections: sections.collect(), in_capitals: K::IN_CAPITALS, others: K::OTHERS }
}

fn taken<K: Keys>(
    program: &str,
    file: &str,
    text: &str,
    environment: &Environment,
) -> Result<Configuration<K>, ConfigError> {
    let beside: Vec<&'static str> = GROUND.into_iter().chain(messengers::names()).collect();
    let stand_ins: Vec<StandIn> =
        messengers::stand_ins().into_iter().chain([HTTP]).chain(K::STAND_INS.iter().copied()).collect();
    let source = Source { file, environment, beside: &beside };
    read(
        text,
        &source,
        &stand_ins,
        |all| parts(program, all),
        |configuration: &Configuration<K>| {
            configuration.own.discords().into_iter().chain(configuration.messengers.discords()).collect()
        },
    )
}

/// Each part takes its keys; what nobody has taken is the bot's, or unknown.
fn parts<K: Keys>(program: &str, all: &Dict) -> Result<Configuration<K>, Vec<figment::Error>> {
    let mut rest = all.clone();
    let ground: Dict = GROUND.into_iter().filter_map(|key| Some((key.to_owned(), rest.remove(key)?))).collect();
    let ground = Found::from(ground).deserialize::<Ground>();
    let messengers = Messengers::taken(&mut rest);
    let own = Found::from(rest).deserialize::<K>();
    match (ground, messengers, own) {
        (Ok(ground), Ok(messengers), Ok(own)) => {
            let url = ground.database_url.unwrap_or_else(|| DatabaseUrl::of_file(&format!("{program}.db")));
            let connections = ground.database_connections.map_or(store::CONNECTIONS, |Connections(count)| count);
            let public = ground.http.as_ref().and_then(|http| http.public_url.clone());
            let messengers = messengers.with_pages_at(public.map(|PublicUrl(url)| url));
            Ok(Configuration { database: Database { url, connections }, http: ground.http, messengers, own })
        }
        (ground, messengers, own) => {
            let of_messengers = messengers.err().unwrap_or_default();
            Err(ground.err().into_iter().chain(own.err()).flatten().chain(of_messengers).collect())
        }
    }
}
