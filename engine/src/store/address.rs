//! Where a database is, as its URL says: what of a URL can't be used, in words that show nothing of it.

use std::path::PathBuf;
use std::str::FromStr;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use url::Url;

/// What to write for letters that mean something in a URL.
const ENCODED: &str = "in a user's name, a password or a database's name, write %40 for @, %2F for /, %23 for #, %3F for ?, \
     %3A for : and %25 for %";

const ONE_HOST: &str = "one host can be named; several need one address before them that leads to the server which can be \
     written to: HAProxy, PgBouncer, a virtual IP";

/// What may stand after the question mark of a PostgreSQL URL.
const PARAMETERS: [&str; 20] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    // Not by us, but often in a URL that is handed out, with its default.
    "connect_timeout",
    "target_session_attrs",
];

const SSL_MODES: [&str; 6] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/// What is wrong with a URL, if anything that is not seen at a glance.
pub fn fault(url: &str) -> Option<String> {
    match url.split_once(':') {
        Some(("sqlite", _)) => fault_of_file(url),
        Some(("postgres" | "postgresql", rest)) => fault_of_server(url, rest.strip_prefix("//")?),
        _ => None,
    }
}

/// The file of a SQLite database; `None` for one in memory, and for a server.
pub fn file(url: &str) -> Option<PathBuf> {
    let (path, parameters) = parts(url.strip_prefix("sqlite:")?);
    let in_memory = path == ":memory:" || parameters.split('&').any(|parameter| parameter == "mode=memory");
    let options = (!in_memory).then(|| SqliteConnectOptions::from_str(url).ok())??;
    Some(options.get_filename().to_owned())
}

/// What an operator should know of a URL that can be used.
pub fn warning(url: &str) -> Option<&'static str> {
    let url = Url::parse(url).ok()?;
    let has = |keys: &[&str], value: &str| {
        url.query_pairs().any(|(key, found)| keys.contains(&&*key) && found.starts_with(value))
    };
    let looks = has(&["sslmode", "ssl-mode"], "verify-");
    let trusts = has(&["sslrootcert", "ssl-root-cert", "ssl-ca"], "");
    (trusts && !looks).then_some(
        "only sslmode=verify-full and verify-ca look at the server's certificate; with any other, sslrootcert has no effect",
    )
}

/// Whether a SQLite file that is not there is made.
pub(super) fn makes_a_file(url: &str) -> bool {
    !parts(url).1.split('&').any(|parameter| parameter == "mode=rw")
}

fn parts(url: &str) -> (&str, &str) {
    let url = url.strip_prefix("//").unwrap_or(url);
    url.split_once('?').unwrap_or((url, ""))
}

fn fault_of_file(url: &str) -> Option<String> {
    let parameters = parts(url).1;
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter {
            "mode=ro" | "immutable=1" | "immutable=true" => {
                return Some(format!("{parameter} can't be used: the bot has to write"));
            }
            "mode=rw" | "mode=rwc" | "mode=memory" | "cache=private" | "cache=shared" => {}
            _ => return Some("after a ? there may be mode=rw; in the name of a file, write %3F for ?".to_owned()),
        }
    }
    let read = SqliteConnectOptions::from_str(url);
    read.err().map(|_| "in the name of a file, write %25 for %".to_owned())
}

fn fault_of_server(url: &str, rest: &str) -> Option<String> {
    let (authority, after) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.matches('@').count() > 1 || after.contains(['@', '#']) {
        return Some(ENCODED.to_owned());
    }
    let host = authority.rsplit('@').next().unwrap_or_default();
    let several = |host: &str| host.contains(',') || host.contains("%2C") || host.contains("%2c");
    if several(host) {
        return Some(ONE_HOST.to_owned());
    }
    if host.is_empty() && authority.contains('@') {
        return Some("for a socket write postgres:///NAME?host=/run/postgresql&user=USER&password=PASSWORD".to_owned());
    }
    let Ok(url) = Url::parse(url) else {
        return Some(format!("the host or its port can't be read; {ENCODED}, and an IPv6 address in brackets"));
    };
    url.query_pairs().find_map(|(key, value)| match &*key {
        "host" | "hostaddr" if several(&value) => Some(ONE_HOST.to_owned()),
        "sslmode" | "ssl-mode" if !SSL_MODES.contains(&&*value) => {
            Some(format!("sslmode is one of {}", SSL_MODES.join(", ")))
        }
        "sslrootcert" | "ssl-root-cert" | "ssl-ca" if value == "system" => {
            Some("sslrootcert names a file; without it, the authorities that browsers know are trusted".to_owned())
        }
        "port" if value.parse::<u16>().is_err() => Some("the port is a number".to_owned()),
        "hostaddr" if value.parse::<std::net::IpAddr>().is_err() => Some("hostaddr is an IP address".to_owned()),
        key if PARAMETERS.contains(&key) || key.starts_with("options[") => None,
        // What stands there may be a part of a password.
        _ => Some(format!("after the ? there is something else than {}; {ENCODED}", PARAMETERS.join(", "))),
    })
}
