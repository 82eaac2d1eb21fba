//! The configuration: a TOML file, and over it the environment, for a program that is called `bot`: `BOT_<KEY>`,
//! `BOT_<SECTION>_<KEY>`, `BOT_<SECTION>_<KEY>_FILE`, and the credentials of systemd.
//!
//! A section is a type with `Deserialize` and `deny_unknown_fields` whose fields are read by [`one`] or [`maybe`]; what can
//! stand in a field is a [`Value`]. All that is wrong is told at once, one line each: the key, what was found, what is
//! expected, and where it was. Secrets are never repeated.
//!
//! Each messenger has its section in its own folder; the database's and those of the host are in
//! [`host`](crate::host::Configuration), which puts them and the bot's own keys together.

mod database_url;
mod environment;
mod fault;
mod pods;
mod proxy;
mod reading;
mod secret;
mod value;

pub use database_url::DatabaseUrl;
pub use environment::{Environment, Known};
pub use fault::ConfigError;
pub use proxy::ProxyUrl;
pub use reading::{Discord, StandIn};
pub(crate) use reading::{Source, read};
pub use secret::Secret;
pub use value::{HttpUrl, Value, maybe, one};
