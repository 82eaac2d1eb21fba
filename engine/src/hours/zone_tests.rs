use super::*;

/// The zone of this name.
pub fn named(name: &str) -> Zone {
    name.parse().unwrap_or_else(|_| panic!("no zone {name}"))
}

/// All zones.
pub fn zones() -> impl Iterator<Item = Zone> {
    zone_data::names().iter().map(|name| named(name))
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a local time")
}

/// What the laws of 2026 say; release 2026f of the data has all of them.
#[test]
fn clocks_are_where_the_laws_of_2026_have_put_them() {
    for (name, at, shown) in [
        // British Columbia put its clocks forward in March 2026 and keeps that time for good: UTC-7.
        ("America/Vancouver", "2026-11-28T12:00:00Z", "2026-11-28T05:00:00"),
        ("America/Vancouver", "2027-07-01T12:00:00Z", "2027-07-01T05:00:00"),
        ("America/Vancouver", "2026-01-10T12:00:00Z", "2026-01-10T04:00:00"),
        // So did Alberta, and the Northwest Territories: UTC-6.
        ("America/Edmonton", "2026-11-28T12:00:00Z", "2026-11-28T06:00:00"),
        ("America/Edmonton", "2027-07-01T12:00:00Z", "2027-07-01T06:00:00"),
        ("America/Yellowknife", "2026-11-28T12:00:00Z", "2026-11-28T06:00:00"),
        ("America/Inuvik", "2027-01-10T12:00:00Z", "2027-01-10T06:00:00"),
        // And Manitoba: UTC-5.
        ("America/Winnipeg", "2026-11-28T12:00:00Z", "2026-11-28T07:00:00"),
        ("America/Winnipeg", "2027-07-01T12:00:00Z", "2027-07-01T07:00:00"),
        // Morocco went back to universal time for good on 20 September 2026, and Western Sahara with it.
        ("Africa/Casablanca", "2026-09-20T00:59:59Z", "2026-09-20T01:59:59"),
        ("Africa/Casablanca", "2026-09-20T01:00:00Z", "2026-09-20T01:00:00"),
        ("Africa/Casablanca", "2027-07-01T12:00:00Z", "2027-07-01T12:00:00"),
        ("Africa/El_Aaiun", "2026-11-28T12:00:00Z", "2026-11-28T12:00:00"),
        // Cuba does not put its clocks back in the autumn of 2026: UTC-4 until November 2027.
        ("America/Havana", "2026-11-28T12:00:00Z", "2026-11-28T08:00:00"),
        ("America/Havana", "2027-11-28T12:00:00Z", "2027-11-28T07:00:00"),
        // Their neighbours go on as before.
        ("America/New_York", "2026-11-28T12:00:00Z", "2026-11-28T07:00:00"),
        ("America/Los_Angeles", "2026-11-28T12:00:00Z", "2026-11-28T04:00:00"),
    ] {
        assert_eq!(named(name).local(instant(at)), local(shown), "{name} at {at}");
    }
}

#[test]
fn a_moment_is_found_by_what_clocks_show_then() {
    let (long_ago, podgorica) = ("2000-01-01T00:00:00Z", "Europe/Podgorica");
    for (name, now, shown, at) in [
        (podgorica, long_ago, "2026-11-28T12:00:00", "2026-11-28T11:00:00Z"),
        (podgorica, long_ago, "2026-07-01T12:00:00", "2026-07-01T10:00:00Z"),
        // From 2:00 to 3:00 on 29 March 2026: 2:30 never comes.
        (podgorica, long_ago, "2026-03-29T02:30:00", "2026-03-29T01:00:00Z"),
        // From 3:00 back to 2:00 on 25 October 2026: 2:30 comes twice.
        (podgorica, long_ago, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
        (podgorica, "2026-10-25T00:30:00Z", "2026-10-25T02:30:00", "2026-10-25T01:30:00Z"),
        // By a rule, and not by a list of changes.
        (podgorica, long_ago, "2099-03-29T02:30:00", "2099-03-29T01:00:00Z"),
        // Samoa had no 30 December 2011.
        ("Pacific/Apia", long_ago, "2011-12-30T07:00:00", "2011-12-30T10:00:00Z"),
        ("UTC", long_ago, "2026-11-28T12:00:00", "2026-11-28T12:00:00Z"),
    ] {
        assert_eq!(named(name).first_after(instant(now), local(shown)), instant(at), "{name}: {shown}");
    }
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    for zone in zones() {
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, instant("0000-01-01T00:00:00Z")] {
            let shown = zone.local(at);
            let _ = zone.first_after(DateTime::<Utc>::MIN_UTC, shown);
        }
    }
}

#[test]
fn a_zone_is_known_by_its_name_alone() {
    assert_eq!(named("europe/podgorica"), named("Europe/Podgorica"));
    assert_ne!(named("Etc/UTC"), Zone::UTC);
    assert_eq!(format!("{0} {0:?}", named("america/new_york")), "America/New_York America/New_York");
    for name in ["", "Atlantis", "localtime", "Etc/Unknown", "../../etc/passwd", "Factory", "Europe"] {
        assert_eq!(name.parse::<Zone>(), Err(UnknownZone), "{name}");
    }
}
