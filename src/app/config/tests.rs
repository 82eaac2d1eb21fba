use std::fmt::Write as _;

use figment::Figment;
use figment::providers::{Format as _, Toml};

use exodus_engine::config::ConfigError;
use exodus_engine::messengers::matrix::MatrixSection;
use exodus_engine::messengers::telegram::TelegramSection;

use super::*;

const EXAMPLE: &str = include_str!("../../../exodus.example.toml");

fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables = variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Config::read("exodus.toml", text, variables)
}

/// What is configured of Telegram.
pub(super) fn telegram(config: &Config) -> Option<&TelegramSection> {
    config.messengers.section()
}

fn refusal(text: &str, variables: &[(&str, &str)]) -> String {
    match read(text, variables) {
        Ok(_) => "nothing was refused".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn nothing_has_to_be_configured_for_a_beginning() {
    let config = read("", &[]).unwrap();
    assert_eq!((config.database.url.reveal(), config.database.connections), ("sqlite://exodus.db", 10));
    let rules = config.own.rules();
    assert_eq!((config.own.time_zone, config.own.currency.0.as_str()), (Zone::UTC, "EUR"));
    assert_eq!((rules.max_amount.minor(), rules.guarantee_amount.minor()), (100_000_000, 10_000));
    assert_eq!(config.own.default_language, "en");
    assert!(config.messengers.is_empty() && config.http.is_none());
}

#[test]
fn a_currency_that_the_standard_does_not_list_is_warned_about_and_taken() {
    for (text, warned) in [
        ("currency = \"RSD\"", None),
        (
            "currency = \"EUO\"",
            Some("currency: ISO 4217 lists no EUO; write a code that it lists, such as EUR, unless"),
        ),
        ("[display_rates]\nRUB = 98", None),
        ("[display_rates]\nRBL = 98", Some("display_rates.RBL: ISO 4217 lists no RBL;")),
    ] {
        let warnings = read(text, &[]).unwrap().warnings();
        let found = warnings.iter().find(|warning| warning.contains("4217"));
        assert_eq!(found.is_some(), warned.is_some(), "{text}: {warnings:?}");
        assert!(warned.is_none_or(|warned| found.is_some_and(|found| found.starts_with(warned))), "{text}: {found:?}");
    }
}

/// A Bot API server on one's own machine brings updates by http too.
#[test]
fn a_webhook_without_encryption_needs_a_server_of_ones_own() {
    let hooked = "[telegram]\ntoken = \"1:a\"\nwebhook_url = \"http://127.0.0.1:1\"\nwebhook_listen = \"127.0.0.1:1\"\nwebhook_secret = \"a\"";
    assert!(refusal(hooked, &[]).starts_with("telegram.webhook_url: "));
    assert!(read(&format!("{hooked}\napi_url = \"http://127.0.0.1:8081\""), &[]).is_ok());
}

#[test]
fn the_pages_in_a_browser_are_warned_about_where_anybody_can_read_along() {
    for (url, warned) in [
        ("https://help.example.org", false),
        ("https://help.example.org:8443/", false),
        ("http://127.0.0.1:8080", false),
        ("http://abcdefgh.onion", false),
        ("http://help.example.org", true),
    ] {
        let config = read(&format!("[http]\nlisten = \"127.0.0.1:1\"\npublic_url = \"{url}\""), &[]).unwrap();
        let warnings = config.warnings();
        assert_eq!(
            warnings.iter().any(|warning| warning.starts_with("http.public_url: without https")),
            warned,
            "{url}"
        );
        // Nobody comes into a browser but from a chat.
        assert!(config.messengers.is_empty(), "{url}");
    }
    for url in [
        "",
        "help.example.org",
        "ftp://example.org",
        "https://a@example.org",
        "https://example.org/?x",
        "https://example.org/#x",
    ] {
        let refused = refusal(&format!("[http]\nlisten = \"127.0.0.1:1\"\npublic_url = \"{url}\""), &[]);
        assert!(refused.starts_with("http.public_url"), "{url}: {refused}");
    }
}

#[test]
fn what_can_not_be_used_is_refused_with_its_name_what_was_found_and_what_is_expected() {
    for (text, expected) in [
        (
            "database_connections = 0",
            "database_connections (in exodus.toml): found \"0\", expected a number of connections, 1 to 1000",
        ),
        (
            "time_zone = \"Mars/Base\"",
            "time_zone (in exodus.toml): found \"Mars/Base\", expected the name of a time zone such as Europe/Podgorica or UTC",
        ),
        (
            "currency = \"euro\"",
            "currency (in exodus.toml): found \"euro\", expected the code of a currency, three capital letters such as EUR",
        ),
        (
            "max_amount = -5",
            "max_amount (in exodus.toml): found \"-5\", expected a sum such as 100 or 99.50, more than zero",
        ),
        (
            "max_amount = [1]",
            "max_amount (in exodus.toml): found a list, expected a sum such as 100 or 99.50, more than zero",
        ),
        ("max_amount = 50", "guarantee_amount: found 100, expected at most max_amount, which is 50"),
        ("telegram = 5", "telegram (in exodus.toml): found 5, expected a section with keys"),
        ("[telegram]", "telegram.token: missing; write it into exodus.toml, or set EXODUS_TELEGRAM_TOKEN"),
        (
            "[telegram]\ntokem = \"1:a\"",
            "telegram.tokem (in exodus.toml): there is no such key; expected one of token, api_url, proxy, name, introduce, webhook_url, webhook_listen, webhook_secret\n\
             telegram.token: missing; write it into exodus.toml, or set EXODUS_TELEGRAM_TOKEN",
        ),
        (
            "[telegram]\ntoken = \"1:a\"\napi_url = \"ftp://example.org\"",
            "telegram.api_url (in exodus.toml): found \"ftp://example.org\", expected an address that begins with https:// (or http://)",
        ),
        (
            "[telegram]\ntoken = \"1:a\"\nwebhook_url = \"http://example.org/t\"\nwebhook_listen = \"127.0.0.1:1\"\nwebhook_secret = \"abc\"",
            "telegram.webhook_url: found \"http://example.org/t\", and Telegram brings updates by https alone; write \"https://example.org/t\", and have a reverse proxy with a certificate there",
        ),
        (
            "[telegram]\ntoken = \"1:a\"\nwebhook_url = \"https://example.org\"\nwebhook_secret = \"abc\"",
            "telegram.webhook_listen: missing; telegram.webhook_url needs it",
        ),
        (
            "[telegram]\ntoken = \"1:a\"\nwebhook_listen = \"127.0.0.1:1\"",
            "telegram.webhook_listen: of no use without telegram.webhook_url",
        ),
        (
            "[matrix]\nhomeserver_url = \"https://example.org\"\nuser = \"@a:b\"",
            "matrix.password: missing; a password is needed, or access_token and device_id",
        ),
        (
            "[http]\nlisten = \"8080\"",
            "http.listen (in exodus.toml): found \"8080\", expected an IP address and a port such as 127.0.0.1:8443",
        ),
        (
            "[http]\nlisten = \"127.0.0.1:1\"\npublic_url = \"https://example.org/bot\"",
            "http.public_url (in exodus.toml): found \"https://example.org/bot\", expected an https (or http) address with nothing behind the name: https://help.example.org",
        ),
        (
            "[display_rates]\nRUB = 0",
            "display_rates.RUB (in exodus.toml): found \"0\", expected a rate such as \"98.5\", more than zero",
        ),
        ("[display_rates]\nEUR = \"1\"", "display_rates.EUR: of no use, EUR is the currency itself"),
        (
            "max_amount = 1\nmax_amount = 2",
            "exodus.toml, line 2, column 1: duplicate key `max_amount` in document root",
        ),
    ] {
        assert_eq!(refusal(text, &[]), expected, "{text}");
    }
    assert!(
        refusal("colour = 1", &[])
            .starts_with("colour (in exodus.toml): there is no such key; expected one of database_url")
    );
    assert!(refusal("default_language = \"xx\"", &[]).starts_with("default_language: there is no language \"xx\""));
}

#[test]
fn every_key_can_come_from_the_environment_which_goes_before_the_file() {
    let file = "max_amount = 500\n[telegram]\ntoken = \"1:from-file\"";
    let variables = [
        ("EXODUS_DATABASE_URL", "postgres://user:pass@host/name"),
        ("EXODUS_MAX_AMOUNT", "1 000.50"),
        ("EXODUS_TELEGRAM_TOKEN", "1:from-environment"),
        ("EXODUS_MATRIX_HOMESERVER_URL", "https://example.org"),
        ("EXODUS_MATRIX_USER", "@exodus:example.org"),
        ("EXODUS_MATRIX_PASSWORD", "0123"),
        ("EXODUS_MATRIX_REACTIONS", "true"),
        ("EXODUS_ADMIN_ACCOUNTS", "telegram:1, matrix:@me:example.org"),
        ("EXODUS_HTTP_LISTEN", "127.0.0.1:8080"),
        ("EXODUS_DISPLAY_RATES_RUB", "98.5"),
        ("EXODUS_LOG_FORMAT", "json"),
        ("EXODUS_SUPPORT_CONTACT", ""),
        ("HOME", "/root"),
    ];
    let config = read(file, &variables).unwrap();
    assert_eq!(config.own.rules().max_amount.minor(), 100_050);
    assert_eq!(telegram(&config).unwrap().token.0.reveal(), "1:from-environment");
    let matrix: &MatrixSection = config.messengers.section().unwrap();
    assert_eq!((matrix.password.as_ref().unwrap().reveal(), matrix.reactions), ("0123", true));
    assert_eq!(config.own.admin.accounts.len(), 2);
    assert_eq!(config.own.admin.accounts[1].address, "@me:example.org");
    assert_eq!(config.http.unwrap().listen.port(), 8080);
    assert_eq!(config.own.display_rates[&Currency("RUB".into())], Rate(locale::Rate::read("98.5").unwrap()));
    assert_eq!(config.own.support_contact, None);
}

#[test]
fn a_bad_variable_is_refused_by_its_own_name() {
    for (variable, text, expected) in [
        ("EXODUS_TIME_ZONE", "Mars", "time_zone (in EXODUS_TIME_ZONE): found \"Mars\", expected the name of"),
        ("EXODUS_TELEGRAM_TOKEM", "1:a", "telegram.tokem (in EXODUS_TELEGRAM_TOKEM): there is no such key"),
        ("EXODUS_COLOUR", "red", "colour (in EXODUS_COLOUR): there is no such key"),
        ("EXODUS_HTTP_LISTEN", "x", "http.listen (in EXODUS_HTTP_LISTEN): found \"x\""),
    ] {
        let refused = refusal("", &[(variable, text)]);
        assert!(refused.starts_with(expected), "{variable}: {refused}");
    }
}

#[test]
fn secrets_are_in_no_error_and_no_debug_print() {
    for text in [
        "[telegram]\ntoken = \"hunter2\"",
        "[telegram]\ntoken = [\"hunter2\"]",
        "[telegram]\ntoken = \"hunter2",
        "[telegram]\ntoken = hunter2",
        "[telegram]\ntoken = \"1:a\"\nwebhook_url = \"https://x.org\"\nwebhook_listen = \"127.0.0.1:1\"\nwebhook_secret = \"hunter2 \"",
        "database_url = \"mysql://me:hunter2@host/name\"",
    ] {
        let refused = refusal(text, &[]);
        assert!(!refused.contains("hunter2") && refused != "nothing was refused", "{refused}");
    }
    let config = read(
        "database_url = \"postgres://me:hunter2@host:1/name\"\n[telegram]\ntoken = \"1:hunter2\"\n\
         [matrix]\nhomeserver_url = \"https://x.org\"\nuser = \"@a:b\"\npassword = \"hunter2\"\nstore_passphrase = \"hunter2\"",
        &[],
    );
    let mut shown = String::new();
    let config = config.unwrap();
    write!(shown, "{config:?} {}", config.database.url).unwrap();
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("postgres://host:1/name"), "{shown}");
}

/// Lines such as `# key = value` count as written.
fn with_everything(example: &str) -> String {
    let uncommented = |line: &str| {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let is_key = bare.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        if is_key || bare.starts_with('[') { bare.to_owned() } else { String::new() }
    };
    example.lines().map(uncommented).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_can_be_used_as_it_stands_and_shows_every_key() {
    read(EXAMPLE, &[]).unwrap();
    let everything = with_everything(EXAMPLE);
    let shown: figment::value::Dict = Figment::from(Toml::string(&everything)).extract().unwrap();
    for section in ["", "telegram", "matrix", "deltachat", "admin", "http"] {
        let asked = if section.is_empty() { "nonsense = 1".into() } else { format!("[{section}]\nnonsense = 1") };
        let refused = refusal(&asked, &[]);
        let keys = refused.lines().next().and_then(|line| line.split_once("expected one of ")).unwrap().1;
        let shown = if section.is_empty() { Some(&shown) } else { shown[section].as_dict() };
        for key in keys.split(", ") {
            assert!(shown.is_some_and(|shown| shown.contains_key(key)), "{section}.{key} is not in the example");
        }
    }
    // Of the two ways to sign in to Matrix, and of the two to a mailbox for Delta Chat, one is taken; all the rest goes together.
    let other_ways = ["access_token", "device_id", "qr"];
    let either = everything.lines().filter(|line| !other_ways.iter().any(|way| line.starts_with(way)));
    read(&either.collect::<Vec<_>>().join("\n"), &[]).unwrap();
}
