//! Times as somebody types them: quiet hours, a time zone, and what its clocks show on any day.
#![no_main]

use chrono::{DateTime, Utc};
use exodus::domain::zone::{place_of, shown};
use exodus::domain::{QuietHours, allowed_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: (&str, i64)| {
    let (typed, seconds) = typed;
    let quiet = QuietHours::parse(typed);
    if let Some(quiet) = quiet {
        assert_eq!(QuietHours::parse(&quiet.to_string()), Some(quiet), "{typed:?}");
    }
    // A minute from 1970 to 9999 or so.
    let Some(now) = DateTime::<Utc>::from_timestamp(seconds.rem_euclid(250_000_000_000), 0) else { return };
    let place = place_of(typed, now);
    if let Some(place) = &place {
        let shown = shown(&place.zone, place.named.as_deref(), "en");
        assert!(place_of(&shown, now).is_some(), "{typed:?} is shown as {shown:?}");
    }
    let zone = place.map_or(exodus::domain::Zone::UTC, |place| place.zone);
    assert!(allowed_from(now, quiet, &zone) >= now, "{typed:?} at {now}");
});
