//! What comes from outside of the file, and that all that is wrong is told at once.

use std::fmt::Write as _;

use exodus_engine::config::ConfigError;
use exodus_engine::messengers::matrix::MatrixSection;

use super::tests::telegram;
use super::*;

fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables = variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Config::read("exodus.toml", text, variables)
}

fn refused(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    read(text, variables).err().map(|error| error.0).unwrap_or_default()
}

/// Whether these lines are there, each by its beginning, and no others.
fn are(lines: &[String], expected: &[&str]) {
    let all = expected.iter().all(|beginning| lines.iter().any(|line| line.starts_with(beginning)));
    assert!(all && lines.len() == expected.len(), "expected {expected:#?}, found {lines:#?}");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let text = "time_zone = \"Mars\"\ncolour = 1\nmax_amount = 10\nguarantee_amount = 20\n\
        [telegram]\ntoken = \"none\"\nproxy = \"ftp://x\"\nwebhook_secret = \"a\"\nshape = 2\n\
        [matrix]\nuser = \"me\"\n[http]\nlisten = \"8080\"\n[admin]\naccounts = [\"a\", \"telegram:1\", \"b\"]";
    are(
        &refused(text, &[("EXODUS_DEFAULT_LANGUAGE", "xx"), ("EXODUS_MATRIX_REACTIONS", "maybe")]),
        &[
            "time_zone (in exodus.toml): found \"Mars\"",
            "colour (in exodus.toml): there is no such key",
            "guarantee_amount: found 20, expected at most max_amount, which is 10",
            "default_language: there is no language \"xx\"",
            "telegram.token (in exodus.toml): found something else",
            "telegram.proxy (in exodus.toml): found something else",
            "telegram.shape (in exodus.toml): there is no such key",
            "telegram.webhook_secret: of no use without telegram.webhook_url",
            "matrix.homeserver_url: missing",
            "matrix.user (in exodus.toml): found \"me\"",
            "matrix.reactions (in EXODUS_MATRIX_REACTIONS): found \"maybe\"",
            "matrix.password: missing",
            "http.listen (in exodus.toml): found \"8080\"",
            "admin.accounts.0 (in exodus.toml): found \"a\"",
        ],
    );
    are(
        &refused("telegram = 5\nhttp = 6", &[]),
        &["telegram (in exodus.toml): found 5", "http (in exodus.toml): found 6"],
    );
}

#[test]
fn a_key_that_can_not_be_read_makes_no_second_fault() {
    for (text, key) in [
        ("max_amount = \"much\"\nguarantee_amount = 2000000", "max_amount"),
        ("[matrix]\nhomeserver_url = \"https://x.org\"\nuser = \"@a:b\"\npassword = \"\"", "matrix.password"),
        ("[telegram]\ntoken = 5", "telegram.token"),
        ("[telegram]\ntoken = \"1:a\"\nwebhook_url = \"x\"\nwebhook_secret = \"s\"", "telegram.webhook_url"),
    ] {
        are(&refused(text, &[]), &[&format!("{key} (in exodus.toml)")]);
    }
}

#[test]
fn what_is_needed_can_be_missing_and_the_rest_is_still_looked_at() {
    for section in ["telegram", "matrix", "http"] {
        let lines = refused(&format!("colour = 1\n[{section}]\n"), &[]);
        let missing = lines.iter().filter(|line| line.contains(": missing")).count();
        assert!(missing > 0 && lines.len() == missing + 1, "{lines:?}");
    }
}

#[test]
fn secrets_come_from_files_and_from_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let (token, url) = (write("token", "1:from-a-file\n"), write("url", "postgres://me:a%40b@host/name\r\n"));
    let config = read("", &[("EXODUS_TELEGRAM_TOKEN_FILE", &token), ("EXODUS_DATABASE_URL_FILE", &url)]).unwrap();
    assert_eq!(telegram(&config).unwrap().token.0.reveal(), "1:from-a-file");
    assert_eq!(config.database.url.reveal(), "postgres://me:a%40b@host/name");

    write("telegram.token", "1:from-a-credential\n");
    write("matrix.password", " spaces are a part of it \n");
    write("database_url", "sqlite://here.db");
    write("exodus.toml", "not a key");
    let credentials = ("CREDENTIALS_DIRECTORY", folder.path().to_str().unwrap());
    let file = "[telegram]\ntoken = \"1:from-the-file\"\n[matrix]\nhomeserver_url = \"https://x.org\"\nuser = \"@a:b\"";
    let config = read(file, &[credentials]).unwrap();
    assert_eq!(telegram(&config).unwrap().token.0.reveal(), "1:from-a-credential");
    let matrix: &MatrixSection = config.messengers.section().unwrap();
    assert_eq!(matrix.password.as_ref().unwrap().reveal(), " spaces are a part of it ");
    assert_eq!(config.database.url.reveal(), "sqlite://here.db");
    let config = read(file, &[("EXODUS_TELEGRAM_TOKEN", "1:from-the-environment"), credentials]).unwrap();
    assert_eq!(telegram(&config).unwrap().token.0.reveal(), "1:from-the-environment");
    assert!(read("", &[("CREDENTIALS_DIRECTORY", "/no/such/folder")]).is_ok());
}

#[test]
fn a_secret_that_can_not_be_had_is_told_by_its_place_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong");
    std::fs::write(&wrong, "hunter2\n").unwrap();
    let wrong = wrong.to_str().unwrap();
    are(
        &refused("", &[("EXODUS_TELEGRAM_TOKEN_FILE", "/no/such/file")]),
        &["telegram.token (in EXODUS_TELEGRAM_TOKEN_FILE): /no/such/file can't be read: No such file"],
    );
    are(
        &refused("", &[("EXODUS_TELEGRAM_TOKEN_FILE", wrong)]),
        &["telegram.token (in EXODUS_TELEGRAM_TOKEN_FILE): found something else, expected the token"],
    );
    let twice = refused("", &[("EXODUS_TELEGRAM_TOKEN_FILE", wrong), ("EXODUS_TELEGRAM_TOKEN", "1:hunter2")]);
    are(&twice, &["telegram.token: given twice, by EXODUS_TELEGRAM_TOKEN"]);
    are(&refused("", &[("EXODUS_COLOUR_FILE", wrong)]), &["colour (in EXODUS_COLOUR_FILE): there is no such key"]);
    std::fs::write(folder.path().join("telegram.tokem"), "hunter2").unwrap();
    let mistyped = refused("", &[("CREDENTIALS_DIRECTORY", folder.path().to_str().unwrap())]);
    are(
        &mistyped,
        &["telegram.tokem (in the credential telegram.tokem): there is no such key", "telegram.token: missing"],
    );
    for lines in [twice, mistyped] {
        assert!(!lines.concat().contains("hunter2"), "{lines:?}");
    }
}

#[test]
fn what_kubernetes_puts_into_a_pod_is_passed_over_and_a_mistake_is_not() {
    let of_a_pod = [
        ("EXODUS_SERVICE_HOST", "10.96.0.7"),
        ("EXODUS_SERVICE_PORT", "8080"),
        ("EXODUS_SERVICE_PORT_HTTP", "8080"),
        ("EXODUS_PORT", "tcp://10.96.0.7:8080"),
        ("EXODUS_PORT_8080_TCP", "tcp://10.96.0.7:8080"),
        ("EXODUS_PORT_8080_TCP_PROTO", "tcp"),
        ("EXODUS_PORT_8080_TCP_PORT", "8080"),
        ("EXODUS_PORT_8080_TCP_ADDR", "10.96.0.7"),
        ("EXODUS_DB_SERVICE_HOST", "fd00::7"),
        ("EXODUS_DB_SERVICE_PORT", "5432"),
        ("EXODUS_DB_PORT", "tcp://[fd00::7]:5432"),
        ("EXODUS_DB_PORT_5432_TCP_ADDR", "fd00::7"),
        ("EXODUS_HTTP_PORT", "tcp://10.96.0.8:80"),
    ];
    are(&refused("", &of_a_pod), &[]);
    // A service of ours that is called as a section is.
    for section in ["TELEGRAM", "MATRIX", "DELTACHAT", "ADMIN", "HTTP", "DISPLAY_RATES"] {
        let of_a_section = [
            ("SERVICE_HOST", "10.96.0.7"),
            ("SERVICE_PORT", "8008"),
            ("SERVICE_PORT_HTTP_METRICS", "9090"),
            ("PORT", "tcp://10.96.0.7:8008"),
            ("PORT_8008_TCP", "tcp://10.96.0.7:8008"),
            ("PORT_8008_TCP_PROTO", "tcp"),
            ("PORT_8008_TCP_PORT", "8008"),
            ("PORT_8008_TCP_ADDR", "10.96.0.7"),
        ]
        .map(|(name, text)| (format!("EXODUS_{section}_{name}"), text));
        let of_a_section: Vec<_> = of_a_section.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        are(&refused("", &of_a_section), &[]);
    }
    for variable in
        ["EXODUS_HTTP_PORT", "EXODUS_SERVICE", "EXODUS_PORTS", "EXODUS_DB_PORT", "EXODUS_TELEGRAM_SERVICE_HOST"]
    {
        let lines = refused("", &[(variable, "8080")]);
        assert!(
            lines.iter().any(|line| line.contains(variable) && line.contains("no such key")),
            "{variable}: {lines:?}"
        );
    }
}

#[test]
fn a_database_url_is_refused_with_what_to_write_and_nothing_of_it_is_shown() {
    let one_host = "HAProxy";
    for (url, says) in [
        ("postgres://me:hun@ter2@host/name", "%40"),
        ("postgres://me:hun/ter2@host/name", "%2F"),
        ("postgres://me:12/ter2@host/name", "%2F"),
        ("postgres://me:12?ter2@host/name", "%3F"),
        ("postgres://me:12#ter2@host/name", "%23"),
        ("postgres://me:hun#ter2@host/name", "%23"),
        ("postgres://me:h@un/ter2@host/name", "%40"),
        ("postgres://me:ter2@one,two/name", one_host),
        ("postgres://me:ter2@one:5432,two:5433/name", one_host),
        ("postgres:///name?host=one,two&password=ter2", one_host),
        ("postgres://me:ter2@/name?host=/run/postgresql", "&user=USER"),
        ("postgres://me:ter2@host/name?sslmode=on", "verify-full"),
        ("postgres://me:ter2@host/name?ter2=1", "sslmode"),
        ("postgres://me:ter2@host/name?sslrootcert=system", "names a file"),
        ("postgres://me@host:ter2/name", "port"),
        ("sqlite://ter2.db?mode=ro", "has to write"),
        ("sqlite://ter2?.db", "%3F"),
    ] {
        let lines = refused("", &[("EXODUS_DATABASE_URL", url)]);
        are(
            &lines,
            &["database_url (in EXODUS_DATABASE_URL): found something else, expected sqlite://FILE or postgres://"],
        );
        let line = lines.concat();
        assert!(line.contains(says) && !line.contains("ter2") && !line.contains("hun"), "{url}: {line}");
    }
    for (url, shown) in [
        ("postgres://me:hun%40ter2@host/name?sslmode=verify-full&sslrootcert=/a/b.pem", "postgres://host/name"),
        ("postgres://me:hunter2@[::1]:5433/name", "postgres://[::1]:5433/name"),
        ("postgres:///name?host=/run/postgresql&user=me&password=hunter2", "postgres:///run/postgresql/name"),
        ("postgres://me:hunter2@%2Frun%2Fpostgresql/name", "postgres://%2Frun%2Fpostgresql/name"),
        ("postgresql://me@host?dbname=name&port=5", "postgres://host:5/name"),
    ] {
        let config = read("", &[("EXODUS_DATABASE_URL", url)]).unwrap();
        assert_eq!(config.database.url.to_string(), shown);
    }
}

#[test]
fn the_file_of_a_database_is_what_its_url_says() {
    for (url, file) in [
        ("sqlite://exodus.db", Some("exodus.db")),
        ("sqlite:exodus.db", Some("exodus.db")),
        ("sqlite:///var/lib/our%20bot/ex%3Fodus.db?mode=rw", Some("/var/lib/our bot/ex?odus.db")),
        ("sqlite://our bot/a#b.db", Some("our bot/a#b.db")),
        ("sqlite::memory:", None),
        ("sqlite://x?mode=memory", None),
        ("postgres://host/name", None),
    ] {
        let config = read("", &[("EXODUS_DATABASE_URL", url)]).unwrap();
        assert_eq!(config.database.url.file(), file.map(Into::into), "{url}");
    }
}

#[test]
fn a_proxy_is_read_and_never_shown_whole() {
    let with = |proxy: &str| format!("[telegram]\ntoken = \"1:a\"\nproxy = \"{proxy}\"");
    for (proxy, shown) in [
        ("http://10.0.0.1:3128", "http://10.0.0.1:3128"),
        ("https://me:hunter2@proxy.example.org", "https://proxy.example.org"),
        ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("socks5h://me:hun%40ter2@[::1]:9050/", "socks5h://[::1]:9050"),
    ] {
        let config = read(&with(proxy), &[]).unwrap();
        let mut printed = String::new();
        write!(printed, "{:?}", telegram(&config).unwrap().proxy.as_ref().unwrap()).unwrap();
        assert_eq!(printed, shown);
    }
    for proxy in
        ["ftp://me:hunter2@x", "socks4://x:1", "http://me:hunter2/@x", "socks5://me:hun@ter2@x", "127.0.0.1:9050"]
    {
        let lines = refused(&with(proxy), &[]);
        are(&lines, &["telegram.proxy (in exodus.toml): found something else, expected an address such as socks5h://"]);
        assert!(!lines.concat().contains("ter2"), "{lines:?}");
    }
}
