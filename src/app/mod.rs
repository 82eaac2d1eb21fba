//! The house put together: the parts are built from the configuration, and run until told to stop.
//!
//! Here, and nowhere below, the real clock is read, signals are listened for, and the configuration is known.

pub mod calendar;
pub mod check;
pub mod clearing;
pub mod config;
pub mod copy;
pub mod demo;
pub mod init;
pub mod migrate;
pub mod output;
pub mod run;
pub mod time_zones;
