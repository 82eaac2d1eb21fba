//! The time zone that somebody means.

use super::Zone;
use super::zone_data::names;

/// What cities are called by those who do not call them as the list of time zones does.
const CALLED: [(&str, &str); 27] = [
    ("msk", "Europe/Moscow"),
    ("москва", "Europe/Moscow"),
    ("санкт петербург", "Europe/Moscow"),
    ("питер", "Europe/Moscow"),
    ("белград", "Europe/Belgrade"),
    ("варшава", "Europe/Warsaw"),
    ("вена", "Europe/Vienna"),
    ("париж", "Europe/Paris"),
    ("прага", "Europe/Prague"),
    ("рим", "Europe/Rome"),
    ("афины", "Europe/Athens"),
    ("бухарест", "Europe/Bucharest"),
    ("вильнюс", "Europe/Vilnius"),
    ("кишинев", "Europe/Chisinau"),
    ("хельсинки", "Europe/Helsinki"),
    ("стамбул", "Europe/Istanbul"),
    ("иерусалим", "Asia/Jerusalem"),
    ("тель авив", "Asia/Jerusalem"),
    ("tel aviv", "Asia/Jerusalem"),
    ("ереван", "Asia/Yerevan"),
    ("алматы", "Asia/Almaty"),
    ("алма ата", "Asia/Almaty"),
    ("бишкек", "Asia/Bishkek"),
    ("нью йорк", "America/New_York"),
    ("лос анджелес", "America/Los_Angeles"),
    ("екатеринбург", "Asia/Yekaterinburg"),
    ("barcelona", "Europe/Madrid"),
];

/// The time zone of a city or a name of the IANA list, as people type them: `Berlin`, `europe/berlin`, `New York`,
/// `Подгорица`; or how far it is ahead of UTC: `UTC`, `+3`, `GMT-5`.
pub fn zone_of(typed: &str) -> Option<Zone> {
    let typed = folded(typed);
    if typed.is_empty() || typed.chars().count() > 40 {
        return None;
    }
    offset(&typed).or_else(|| named(&typed)).or_else(|| {
        let latin = latin(&typed);
        if latin == typed { None } else { named(&latin) }
    })
}

/// A zone as people write it: its city, `New York`, or how far it is ahead of UTC, `UTC+3`.
pub fn city(zone: &Zone) -> String {
    city_of(zone.name())
}

fn city_of(name: &str) -> String {
    let place = name.rsplit('/').next().unwrap_or_default();
    match (name.strip_prefix("Etc/GMT"), place.split_at_checked(4)) {
        // The names of these zones count the other way round: `Etc/GMT-3` is three hours ahead.
        (Some(_), Some(("GMT-", ahead))) => format!("UTC+{ahead}"),
        (Some(_), Some(("GMT+", behind))) => format!("UTC−{behind}"),
        _ => place.replace('_', " "),
    }
}

fn named(typed: &str) -> Option<Zone> {
    let called = CALLED.iter().find(|(name, _)| *name == typed).map(|(_, zone)| *zone);
    let whole = || names().iter().find(|name| folded(name) == typed);
    // A city is in the list once, or under several names of the same place.
    let by_city = || names().iter().find(|name| name.contains('/') && folded(&city_of(name)) == typed);
    called.or_else(|| whole().or_else(by_city).map(String::as_str))?.parse().ok()
}

/// Names as they are compared: small letters, and one space for whatever else stands between them.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            'ё' => folded.push('е'),
            '+' | '/' | ':' => folded.push(letter),
            letter if letter.is_alphanumeric() => folded.push(letter),
            // A minus belongs to the number that follows it.
            '-' | '−' | '–' if is_sign_here(&folded) => folded.push('-'),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim_end().to_owned()
}

fn is_sign_here(before: &str) -> bool {
    ["", "utc", "gmt", "etc/gmt"].contains(&before.trim_end())
}

/// So many whole hours ahead of UTC.
fn offset(typed: &str) -> Option<Zone> {
    let hours = ["utc", "gmt"].iter().find_map(|name| typed.strip_prefix(name)).unwrap_or(typed).trim();
    if hours.is_empty() {
        return Some(Zone::UTC);
    }
    let (sign, digits) = match hours.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.trim().trim_end_matches(":00");
    let hours: i8 = digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())??;
    match sign * hours {
        0 => Some(Zone::UTC),
        // Counted the other way round, see `city`.
        ahead => format!("Etc/GMT{:+}", -ahead).parse().ok(),
    }
}

/// Cyrillic letters by the Latin ones that names of cities mostly have in their place.
fn latin(name: &str) -> String {
    let mut latin = String::with_capacity(name.len());
    for letter in name.chars() {
        let own = match letter {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' | 'ґ' => "g",
            'д' => "d",
            'е' | 'э' | 'є' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' | 'і' => "i",
            'й' | 'ы' => "y",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "c",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'ь' => "",
            'ю' => "yu",
            'я' => "ya",
            _ => {
                latin.push(letter);
                continue;
            }
        };
        latin.push_str(own);
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clocks::tests::{named, zones};

    #[test]
    fn a_zone_is_found_by_its_city_its_name_or_its_distance_from_utc() {
        for (typed, zone) in [
            ("Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("  BERLIN ", Some("Europe/Berlin")),
            ("New York", Some("America/New_York")),
            ("new_york", Some("America/New_York")),
            ("America/New_York", Some("America/New_York")),
            ("Port-au-Prince", Some("America/Port-au-Prince")),
            ("Подгорица", Some("Europe/Podgorica")),
            ("берлин", Some("Europe/Berlin")),
            ("Москва", Some("Europe/Moscow")),
            ("Нью-Йорк", Some("America/New_York")),
            ("Тбилиси", Some("Asia/Tbilisi")),
            ("Tel-Aviv", Some("Asia/Jerusalem")),
            ("UTC", Some("UTC")),
            ("gmt", Some("UTC")),
            ("+3", Some("Etc/GMT-3")),
            ("UTC+3", Some("Etc/GMT-3")),
            ("GMT -5", Some("Etc/GMT+5")),
            ("−5:00", Some("Etc/GMT+5")),
            ("Etc/GMT-3", Some("Etc/GMT-3")),
            ("+0", Some("UTC")),
            ("+15", None),
            ("+3:30", None),
            ("Atlantis", None),
            ("Europe", None),
            ("", None),
            ("   ", None),
            ("7", None),
            ("/", None),
            ("{ $zone }", None),
        ] {
            assert_eq!(zone_of(typed).as_ref().map(Zone::name), zone, "{typed:?}");
        }
        assert_eq!(zone_of(&"x".repeat(10_000)), None);
    }

    #[test]
    fn every_zone_is_found_by_its_own_name() {
        for zone in zones() {
            let found = zone_of(zone.name()).unwrap_or_else(|| panic!("{zone}"));
            let same = [zone.name(), "UTC"].contains(&found.name());
            assert!(same, "{zone} was taken for {found}");
        }
    }

    #[test]
    fn a_zone_is_shown_as_its_city_and_can_be_typed_so() {
        for (zone, shown) in [
            (named("America/New_York"), "New York"),
            (named("America/Argentina/Buenos_Aires"), "Buenos Aires"),
            (named("America/Port-au-Prince"), "Port-au-Prince"),
            (Zone::UTC, "UTC"),
            (named("Etc/GMT-3"), "UTC+3"),
            (named("Etc/GMT+11"), "UTC−11"),
        ] {
            assert_eq!(city(&zone), shown);
        }
        for zone in zones() {
            assert!(zone_of(&city(&zone)).is_some(), "{zone} can be typed as it is shown");
        }
    }
}
