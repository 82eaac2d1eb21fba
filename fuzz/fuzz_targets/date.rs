//! Times as somebody types them: the day by which help is needed, quiet hours, a time zone, and what its clocks show on any
//! day.
#![no_main]

use std::sync::LazyLock;

use chrono::{DateTime, Days, NaiveDate, Utc};
use exodus_engine::hours::place::{place_of, shown};
use exodus::domain::day;
use exodus_engine::hours::{QuietHours, allowed_from};
use exodus_engine::locale::Format;
use exodus::screens::Reading;
use libfuzzer_sys::fuzz_target;

/// How far away a day may be.
const LONGEST: u64 = 31;

static READING: LazyLock<Reading> = LazyLock::new(|| {
    let locales = exodus::texts::locales(Format { currency: "EUR".to_owned() }).expect("locales");
    Reading::of(&locales)
});

/// A day that is taken is one that may be chosen, and its date in figures means the same day.
fn reads_a_day(typed: &str, today: NaiveDate) {
    let Ok(read) = day::read(&READING.days, typed, today, LONGEST) else { return };
    assert!(today < read && read <= today + Days::new(LONGEST), "{typed:?} on {today} is {read}");
    assert_eq!(day::read(&READING.days, &read.to_string(), today, LONGEST), Ok(read), "{typed:?} on {today}");
}

fuzz_target!(|typed: (&str, i64)| {
    let (typed, seconds) = typed;
    let quiet = QuietHours::parse(typed);
    if let Some(quiet) = quiet {
        assert_eq!(QuietHours::parse(&quiet.to_string()), Some(quiet), "{typed:?}");
    }
    // A minute from 1970 to 9999 or so.
    let Some(now) = DateTime::<Utc>::from_timestamp(seconds.rem_euclid(250_000_000_000), 0) else { return };
    reads_a_day(typed, now.date_naive());
    let place = place_of(typed, now);
    if let Some(place) = &place {
        let shown = shown(&place.zone, place.named.as_deref(), "en");
        assert!(place_of(&shown, now).is_some(), "{typed:?} is shown as {shown:?}");
    }
    let zone = place.map_or(exodus_engine::hours::Zone::UTC, |place| place.zone);
    assert!(allowed_from(now, quiet, &zone) >= now, "{typed:?} at {now}");
});
