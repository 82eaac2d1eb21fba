//! An event of a room as a homeserver brings it: heard, or passed over.
#![no_main]

use exodus_engine::messengers::matrix::says;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|event: &str| {
    says(event);
});
