use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::value::Value;
use crate::store::address;

/// Where the database is; it may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// A SQLite file in the folder that the program is started in.
    pub fn of_file(name: &str) -> DatabaseUrl {
        DatabaseUrl(format!("sqlite://{name}"))
    }

    /// The address as it has to be opened, password and all.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The file of a SQLite database; `None` for one in memory and for PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        address::file(&self.0)
    }
}

/// Without the password, as logs and errors may show it.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.starts_with("sqlite:") {
            return f.write_str(&self.0);
        }
        let Ok(url) = Url::parse(&self.0) else { return f.write_str("postgres://(not shown)") };
        let named = |wanted: &str| url.query_pairs().find(|(key, _)| key == wanted).map(|(_, value)| value);
        let host = named("hostaddr").or_else(|| named("host")).unwrap_or(url.host_str().unwrap_or_default().into());
        let port = named("port").or_else(|| url.port().map(|port| port.to_string().into()));
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let name = named("dbname").unwrap_or(url.path().trim_start_matches('/').into());
        write!(f, "postgres://{host}{port}/{name}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Value for DatabaseUrl {
    const EXPECTED: &'static str = "sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let sqlite = text.strip_prefix("sqlite:").is_some_and(|path| !path.trim_start_matches('/').is_empty());
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        ((sqlite || postgres) && address::fault(text).is_none()).then(|| DatabaseUrl(text.to_owned()))
    }

    fn because(text: &str) -> Option<String> {
        address::fault(text)
    }
}
