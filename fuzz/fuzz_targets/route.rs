//! A route as it comes back from a button: what is read is written again as it was.
#![no_main]

use exodus_engine::conversation::Route;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(route) = Route::parse(text) {
        assert_eq!(route.as_str(), text);
        let _ = (route.screen(), route.arg(0), route.number(0), route.number(1));
    }
});
