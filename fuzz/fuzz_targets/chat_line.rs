//! A line of a `.chat` file, or one that is typed into the terminal; and how it moves the clock.
#![no_main]

use chrono::DateTime;
use exodus_engine::messengers::terminal::Line;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    let now = DateTime::UNIX_EPOCH;
    for read in [Line::of_chat(line), Line::typed(line)] {
        if let Ok(Line::Clock(moved) | Line::ClockOff(moved)) = read {
            let _ = moved.from(now);
        }
    }
});
