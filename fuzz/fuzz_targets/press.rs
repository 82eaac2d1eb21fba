//! What a button carries: what is read means the same when it is written and read again.
#![no_main]

use exodus_engine::conversation::Press;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    if let Some(press) = Press::decode(data) {
        assert_eq!(Press::decode(&press.encode()), Some(press), "{data:?}");
    }
});
