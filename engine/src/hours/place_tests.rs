use super::*;
use crate::hours::zone::tests::{named, zones};

fn now() -> DateTime<Utc> {
    "2026-11-10T09:00:00Z".parse().unwrap()
}

/// What somebody types, the zone that it is taken for, and how that is shown in Russian and in English.
#[test]
fn a_place_is_found_by_its_city_its_name_or_its_distance_from_utc() {
    for (typed, zone, ru, en) in [
        ("Berlin", "Europe/Berlin", "Берлин", "Berlin"),
        ("europe/berlin", "Europe/Berlin", "Берлин", "Berlin"),
        ("  BERLIN ", "Europe/Berlin", "Берлин", "Berlin"),
        ("new_york", "America/New_York", "Нью-Йорк", "New York"),
        ("America/New_York", "America/New_York", "Нью-Йорк", "New York"),
        ("Port-au-Prince", "America/Port-au-Prince", "Порт-о-Пренс", "Port-au-Prince"),
        ("Подгорица", "Europe/Podgorica", "Подгорица", "Podgorica"),
        ("Нью-Йорк", "America/New_York", "Нью-Йорк", "New York"),
        ("Tel-Aviv", "Asia/Jerusalem", "Тель-Авив", "Tel Aviv"),
        ("Казань", "Europe/Moscow", "Казань", "Kazan"),
        ("Питер", "Europe/Moscow", "Санкт-Петербург", "Saint Petersburg"),
        ("Київ", "Europe/Kyiv", "Киев", "Kyiv"),
        ("köln", "Europe/Berlin", "Кёльн", "Cologne"),
        ("UTC", "UTC", "UTC", "UTC"),
        ("gmt", "UTC", "UTC", "UTC"),
        ("+3", "Etc/GMT-3", "UTC+3", "UTC+3"),
        ("3", "Etc/GMT-3", "UTC+3", "UTC+3"),
        ("٣", "Etc/GMT-3", "UTC+3", "UTC+3"),
        ("UTC+3", "Etc/GMT-3", "UTC+3", "UTC+3"),
        ("GMT -5", "Etc/GMT+5", "UTC−5", "UTC−5"),
        ("−5:00", "Etc/GMT+5", "UTC−5", "UTC−5"),
        ("Гринвич+1", "Etc/GMT-1", "UTC+1", "UTC+1"),
        ("+5:30", "UTC+05:30", "UTC+5:30", "UTC+5:30"),
        ("-0:30", "UTC-00:30", "UTC−0:30", "UTC−0:30"),
        ("utc+05:30", "UTC+05:30", "UTC+5:30", "UTC+5:30"),
        ("+0530", "UTC+05:30", "UTC+5:30", "UTC+5:30"),
        ("5.5", "UTC+05:30", "UTC+5:30", "UTC+5:30"),
        ("-3:30", "UTC-03:30", "UTC−3:30", "UTC−3:30"),
        ("МСК", "Europe/Moscow", "Москва", "Moscow"),
        ("МСК+2", "Etc/GMT-5", "МСК+2", "МСК+2"),
        ("мск -1", "Etc/GMT-2", "мск -1", "мск -1"),
        ("Etc/GMT-3", "Etc/GMT-3", "UTC+3", "UTC+3"),
        ("+0", "UTC", "UTC", "UTC"),
        // No list has it, but its letters say it.
        ("Кашгар", "Asia/Kashgar", "Kashgar", "Kashgar"),
    ] {
        let place = place_of(typed, now()).unwrap_or_else(|| panic!("{typed:?}"));
        assert_eq!(place.zone.name(), zone, "{typed:?}");
        let shown = |lang| shown(&place.zone, place.named.as_deref(), lang);
        assert_eq!((shown("ru").as_str(), shown("en").as_str()), (ru, en), "{typed:?}");
    }
}

#[test]
fn what_is_no_place_is_none() {
    for typed in [
        "+15",
        "+14:30",
        "-13",
        "99",
        "+3:07",
        "+3:60",
        "5:3x",
        "Atlantis",
        "Europe",
        "",
        "   ",
        "/",
        "{ $zone }",
        // Kyiv's clocks are changed twice a year: two hours ahead of them is nowhere.
        "Киев+2",
        "Москва 2",
        "МСК+20",
        "10:30pm",
        "+-3x",
    ] {
        assert_eq!(place_of(typed, now()), None, "{typed:?}");
    }
    assert_eq!(place_of(&"x".repeat(10_000), now()), None);
}

#[test]
fn every_zone_is_found_by_its_own_name() {
    for zone in zones() {
        let found = place_of(zone.name(), now()).unwrap_or_else(|| panic!("{zone}")).zone;
        let same = [zone.name(), "UTC"].contains(&found.name());
        // `Jamaica` is `America/Jamaica`.
        assert!(same || last_word(found.name()) == zone.name(), "{zone} was taken for {found}");
    }
}

#[test]
fn a_zone_is_shown_as_its_city_and_can_be_typed_so() {
    for (zone, en) in [
        (named("America/New_York"), "New York"),
        (named("America/Argentina/Buenos_Aires"), "Buenos Aires"),
        (named("Asia/Calcutta"), "Calcutta"),
        (Zone::UTC, "UTC"),
        (named("Etc/GMT-3"), "UTC+3"),
        (named("Etc/GMT+11"), "UTC−11"),
        (named("UTC+05:45"), "UTC+5:45"),
    ] {
        assert_eq!(shown(&zone, None, "en"), en);
    }
    for zone in zones() {
        for lang in ["en", "ru"] {
            let shown = shown(&zone, None, lang);
            assert!(place_of(&shown, now()).is_some(), "{zone} can be typed as it is shown: {shown}");
        }
    }
}

#[test]
fn every_city_of_the_lists_is_in_a_zone_that_there_is() {
    let lists = include_str!("../../locales/cities.txt").lines().filter(|line| !line.starts_with('#'));
    for zone in lists.filter_map(|line| line.split_once('=')).map(|(zone, _)| zone.trim()) {
        assert_eq!(zone.parse::<Zone>().map(|found| found.name().to_owned()), Ok(zone.to_owned()));
    }
}

#[test]
fn a_distance_is_a_zone_of_its_own_where_whole_hours_do_not_do() {
    assert_eq!(named("UTC+05:30").local(now()).to_string(), "2026-11-10 14:30:00");
    assert_eq!(named("UTC-09:30").begins(now().date_naive()), "2026-11-10T09:30:00Z".parse::<DateTime<Utc>>().unwrap());
    for no_zone in ["UTC+05", "UTC+5:30", "UTC05:30", "UTC+05:07", "UTC+14:30", "UTC+00:61", "UTC+05:00", "utc+05:30"] {
        assert!(no_zone.parse::<Zone>().is_err(), "{no_zone}");
    }
}
