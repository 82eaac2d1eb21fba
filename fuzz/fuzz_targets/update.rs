//! An update as Telegram brings it: read, or refused.
#![no_main]

use exodus_engine::messengers::telegram::reads;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|update: &str| {
    reads(update);
});
