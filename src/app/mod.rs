//! The house put together: the parts are built from the configuration, and run until told to stop.
//!
//! Here, and nowhere below, the real clock is read, signals are listened for, and the configuration is known.

pub mod check;
pub mod clock;
#[cfg(feature = "telegram")]
mod commands;
pub mod config;
mod database;
pub mod demo;
#[cfg(feature = "matrix")]
mod hints;
mod http;
mod listening;
pub mod logs;
mod messengers;
pub mod migrate;
pub mod output;
mod process;
pub mod run;
mod signals;
pub mod small;
pub mod time_zones;
