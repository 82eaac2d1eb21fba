//! The time zone that somebody means.

use chrono_tz::Tz;

/// What cities are called by those who do not call them as the list of time zones does.
const CALLED: [(&str, Tz); 27] = [
    ("msk", Tz::Europe__Moscow),
    ("москва", Tz::Europe__Moscow),
    ("санкт петербург", Tz::Europe__Moscow),
    ("питер", Tz::Europe__Moscow),
    ("белград", Tz::Europe__Belgrade),
    ("варшава", Tz::Europe__Warsaw),
    ("вена", Tz::Europe__Vienna),
    ("париж", Tz::Europe__Paris),
    ("прага", Tz::Europe__Prague),
    ("рим", Tz::Europe__Rome),
    ("афины", Tz::Europe__Athens),
    ("бухарест", Tz::Europe__Bucharest),
    ("вильнюс", Tz::Europe__Vilnius),
    ("кишинев", Tz::Europe__Chisinau),
    ("хельсинки", Tz::Europe__Helsinki),
    ("стамбул", Tz::Europe__Istanbul),
    ("иерусалим", Tz::Asia__Jerusalem),
    ("тель авив", Tz::Asia__Jerusalem),
    ("tel aviv", Tz::Asia__Jerusalem),
    ("ереван", Tz::Asia__Yerevan),
    ("алматы", Tz::Asia__Almaty),
    ("алма ата", Tz::Asia__Almaty),
    ("бишкек", Tz::Asia__Bishkek),
    ("нью йорк", Tz::America__New_York),
    ("лос анджелес", Tz::America__Los_Angeles),
    ("екатеринбург", Tz::Asia__Yekaterinburg),
    ("barcelona", Tz::Europe__Madrid),
];

/// The time zone of a city or a name of the IANA list, as people type them: `Berlin`, `europe/berlin`, `New York`,
/// `Подгорица`; or how far it is ahead of UTC: `UTC`, `+3`, `GMT-5`.
pub fn zone_of(typed: &str) -> Option<Tz> {
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
pub fn city(zone: Tz) -> String {
    let place = zone.name().rsplit('/').next().unwrap_or_default();
    match (zone.name().strip_prefix("Etc/GMT"), place.split_at_checked(4)) {
        // The names of these zones count the other way round: `Etc/GMT-3` is three hours ahead.
        (Some(_), Some(("GMT-", ahead))) => format!("UTC+{ahead}"),
        (Some(_), Some(("GMT+", behind))) => format!("UTC−{behind}"),
        _ => place.replace('_', " "),
    }
}

fn named(typed: &str) -> Option<Tz> {
    if let Some((_, zone)) = CALLED.iter().find(|(name, _)| *name == typed) {
        return Some(*zone);
    }
    let whole = chrono_tz::TZ_VARIANTS.iter().find(|zone| folded(zone.name()) == typed);
    // A city is in the list once, or under several names of the same place.
    let by_city =
        || chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().contains('/') && folded(&city(**zone)) == typed);
    whole.or_else(by_city).copied()
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
fn offset(typed: &str) -> Option<Tz> {
    let hours = ["utc", "gmt"].iter().find_map(|name| typed.strip_prefix(name)).unwrap_or(typed).trim();
    if hours.is_empty() {
        return Some(Tz::UTC);
    }
    let (sign, digits) = match hours.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.trim().trim_end_matches(":00");
    let hours: i8 = digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())??;
    match sign * hours {
        0 => Some(Tz::UTC),
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
            assert_eq!(zone_of(typed).map(Tz::name), zone, "{typed:?}");
        }
        assert_eq!(zone_of(&"x".repeat(10_000)), None);
    }

    #[test]
    fn every_zone_is_found_by_its_own_name() {
        for zone in chrono_tz::TZ_VARIANTS {
            let found = zone_of(zone.name()).unwrap_or_else(|| panic!("{zone}"));
            let same = [zone.name(), "UTC"].contains(&found.name());
            assert!(same, "{zone} was taken for {found}");
        }
    }

    #[test]
    fn a_zone_is_shown_as_its_city_and_can_be_typed_so() {
        for (zone, shown) in [
            (Tz::America__New_York, "New York"),
            (Tz::America__Argentina__Buenos_Aires, "Buenos Aires"),
            (Tz::America__PortauPrince, "Port-au-Prince"),
            (Tz::UTC, "UTC"),
            (Tz::Etc__GMTMinus3, "UTC+3"),
            (Tz::Etc__GMTPlus11, "UTC−11"),
        ] {
            assert_eq!(city(zone), shown);
        }
        for zone in chrono_tz::TZ_VARIANTS {
            assert!(zone_of(&city(zone)).is_some(), "{zone} can be typed as it is shown");
        }
    }
}
