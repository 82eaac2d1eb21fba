//! The time zone that somebody means.

use std::borrow::Cow;

use chrono::{DateTime, Days, Utc};

use crate::hours::Zone;
use crate::hours::zone::FURTHEST;
use crate::hours::zone_data::names;
use crate::locale::{cities, fold, plain_digits};

/// The longest text that is looked at, in characters.
const LONGEST: usize = 60;

/// Where somebody lives, as far as the clock is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose clock counts there.
    pub zone: Zone,
    /// What they named, unless the zone says as much by itself: a city, as the list of all cities calls it, or how far it is
    /// from where another clock counts, as they typed it.
    pub named: Option<String>,
}

/// The place that people mean by what they type: a city in whatever language, `Berlin`, `Казань`, `São Paulo`; a name of
/// the IANA list, `europe/berlin`; or how far it is ahead: `UTC`, `+3`, `3`, `+5:30`, `GMT-5`, `МСК+2`.
pub fn place_of(typed: &str, now: DateTime<Utc>) -> Option<Place> {
    let typed = plain_digits(typed).trim().to_owned();
    if typed.is_empty() || typed.chars().count() > LONGEST {
        return None;
    }
    ahead(&typed, now).or_else(|| city(&typed)).or_else(|| listed(&typed)).or_else(|| {
        let latin = latin(&typed);
        if latin == typed { None } else { city(&latin).or_else(|| listed(&latin)) }
    })
}

/// What a place is called in a language: its city, or how far it is ahead of UTC, `UTC+3`.
pub fn shown(zone: &Zone, named: Option<&str>, lang: &str) -> String {
    match named.map(|named| (named, cities().named(named))) {
        Some((_, Some(city))) => city.called(lang).to_owned(),
        Some((named, None)) => named.to_owned(),
        None => match cities().of_zone(zone.name()) {
            Some(city) => city.called(lang).to_owned(),
            None => last_word(zone.name()),
        },
    }
}

/// What the name of a zone ends in, which is a city as a rule; or how far ahead it is.
fn last_word(name: &str) -> String {
    let place = name.rsplit('/').next().unwrap_or_default();
    let distance = place.trim_start_matches("GMT").trim_start_matches("UTC");
    let is_counted = name.starts_with("Etc/GMT") || name.starts_with("UTC");
    match distance.split_at_checked(1).filter(|_| is_counted) {
        // The names of these zones count the other way round: `Etc/GMT-3` is three hours ahead.
        Some(("-", ahead)) if name.starts_with("Etc") => format!("UTC+{ahead}"),
        Some(("+", behind)) if name.starts_with("Etc") => format!("UTC−{behind}"),
        Some(("+", ahead)) => format!("UTC+{}", hours_first(ahead)),
        Some(("-", behind)) => format!("UTC−{}", hours_first(behind)),
        _ => place.replace('_', " "),
    }
}

/// Hours as they are said: `5:30` of `05:30`, `0:30` of `00:30`.
fn hours_first(distance: &str) -> &str {
    distance.strip_prefix('0').unwrap_or(distance)
}

fn city(typed: &str) -> Option<Place> {
    let city = cities().named(typed)?;
    let zone = city.zone.parse().ok()?;
    let is_first = cities().of_zone(city.zone) == Some(city);
    Some(Place { zone, named: (!is_first).then(|| city.name.to_owned()) })
}

/// A zone by its name in the IANA list, or by the city that this name ends in.
fn listed(typed: &str) -> Option<Place> {
    let whole = typed.replace(' ', "_");
    let folded = fold(typed);
    let is_city = |name: &&String| name.contains('/') && !name.starts_with("Etc/") && fold(&last_word(name)) == folded;
    let by_name = names().iter().find(|name| name.eq_ignore_ascii_case(&whole));
    let found = by_name.or_else(|| names().iter().find(is_city).filter(|_| !folded.is_empty()))?;
    Some(Place { zone: found.parse().ok()?, named: None })
}

/// How far it is ahead of UTC, or of a city whose clocks are never changed.
fn ahead(typed: &str, now: DateTime<Utc>) -> Option<Place> {
    let begins = typed.find(|letter: char| letter.is_ascii_digit() || sign(letter).is_some())?;
    let (clock, distance) = typed.split_at(begins);
    let mut letters = distance.chars();
    let (is_signed, minutes) = match letters.next().and_then(sign) {
        Some(sign) => (true, sign * minutes(letters.as_str().trim())?),
        None => (false, minutes(distance)?),
    };
    let clock = clock.trim();
    if clock.is_empty() {
        return at(minutes).map(|zone| Place { zone, named: None });
    }
    let city = cities().named(clock).filter(|_| is_signed)?;
    let from = never_changed(&city.zone.parse().ok()?, now)?;
    let named = (city.zone != Zone::UTC.name()).then(|| typed.to_owned());
    at(from + minutes).map(|zone| Place { zone, named })
}

fn at(minutes: i32) -> Option<Zone> {
    FURTHEST.contains(&minutes).then(|| Zone::ahead_by(minutes))?
}

fn sign(letter: char) -> Option<i32> {
    match letter {
        '+' => Some(1),
        '-' | '−' | '–' => Some(-1),
        _ => None,
    }
}

/// So many hours, in minutes: `3`, `5:30`, `05:30`, `0530`, `5.5`.
fn minutes(typed: &str) -> Option<i32> {
    let number = |digits: &str| -> Option<i32> {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        plain.then(|| digits.parse().ok())?
    };
    let (hours, minutes) = match typed.split_once(':') {
        Some((hours, minutes)) => (number(hours)?, number(minutes)?),
        None => match typed.split_once(['.', ',']) {
            Some((hours, "5")) => (number(hours)?, 30),
            Some(_) => return None,
            None if typed.len() == 4 => (number(typed.get(..2)?)?, number(typed.get(2..)?)?),
            None => (number(typed)?, 0),
        },
    };
    (minutes < 60).then_some(hours * 60 + minutes)
}

/// How far ahead a zone's clocks are, if they are not changed within a year.
fn never_changed(zone: &Zone, now: DateTime<Utc>) -> Option<i32> {
    let ahead = zone.minutes_ahead(now);
    let in_months = |months: u64| now.checked_add_days(Days::new(30 * months)).map(|then| zone.minutes_ahead(then));
    [3, 6, 9_u64].into_iter().all(|months| in_months(months) == Some(ahead)).then_some(ahead)
}

/// Cyrillic letters by the Latin ones that names of cities mostly have in their place: for cities that no list has.
fn latin(name: &str) -> String {
    let name = fold(name);
    let letters = name.chars().map(|letter| match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ы' => "y",
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
        _ => "\0",
    });
    let both = letters.zip(name.chars());
    both.map(|(latin, own)| if latin == "\0" { Cow::Owned(own.to_string()) } else { Cow::Borrowed(latin) }).collect()
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
