//! A configuration: a file, and environment variables over it.
#![no_main]

use exodus::app::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|written: (&str, Vec<(&str, &str)>)| {
    let (file, variables) = written;
    let variables = variables.into_iter().map(|(name, value)| (format!("EXODUS_{name}"), value.to_owned()));
    if let Ok(config) = Config::read("exodus.toml", file, variables) {
        let _ = (config.own.rules(), format!("{config:?}"));
    }
});
