//! How long something takes, as people say it: `48`, `48 hours`, `2 days`, `a week`, `двое суток`.

use exodus_engine::locale::plain_digits;

use super::day::{Word, Words, folded};

/// A length of time in whole hours; nothing where it can't be read as one. A number alone is how many hours.
pub fn hours(words: &Words, typed: &str) -> Option<u32> {
    if typed.len() > 100 {
        return None;
    }
    let (mut number, mut unit) = (None, None);
    let text = folded(&plain_digits(typed));
    for word in parts(&text) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            once(&mut number, word.parse().ok()?)?;
            continue;
        }
        match words.meaning(word)? {
            Word::Number(said) => once(&mut number, said)?,
            Word::Hours => once(&mut unit, 1)?,
            Word::Days(days) => once(&mut unit, days.checked_mul(24)?)?,
            Word::Filler => {}
            _ => return None,
        }
    }
    let hours = match (number, unit) {
        (None, None) => return None,
        (number, unit) => number.unwrap_or(1_u64).checked_mul(unit.unwrap_or(1))?,
    };
    u32::try_from(hours).ok()
}

/// Said twice, it contradicts itself.
fn once(place: &mut Option<u64>, value: u64) -> Option<()> {
    place.is_none().then(|| *place = Some(value))
}

/// Words and numbers, also where nothing stands between them: `48h`. What is neither is a part that means nothing.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '.']);
        let first = rest.chars().next()?;
        let fits: fn(char) -> bool = match first {
            c if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            _ => |c| !c.is_alphanumeric() && c != ' ',
        };
        let (word, behind) = rest.split_at(rest.find(|c: char| !fits(c)).unwrap_or(rest.len()));
        rest = behind;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_say_hours_days_and_weeks() {
        let mut words = Words::default();
        for (names, means) in [
            ("a, an, one", Word::Number(1)),
            ("two, двое", Word::Number(2)),
            ("hour, hours, h, час, часа, часов", Word::Hours),
            ("day, days, d, сутки, суток, дня", Word::Days(1)),
            ("week, weeks, недел*", Word::Days(7)),
            ("for, about", Word::Filler),
            ("month", Word::Months),
            ("today", Word::Ahead(0)),
        ] {
            words.add(names, means);
        }
        for (typed, hours_said) in [
            ("48", Some(48)),
            (" 48 hours ", Some(48)),
            ("48h", Some(48)),
            ("1 Hour", Some(1)),
            ("an hour", Some(1)),
            ("2 days", Some(48)),
            ("two days", Some(48)),
            ("for 3 days.", Some(72)),
            ("a week", Some(168)),
            ("неделя", Some(168)),
            ("двое суток", Some(48)),
            ("сутки", Some(24)),
            ("24 часа", Some(24)),
            ("0", Some(0)),
            ("", None),
            ("1.5 days", None),
            ("-2 days", None),
            ("2 3", None),
            ("days hours", None),
            ("a month", None),
            ("today", None),
            ("soon", None),
            ("99999999999999999999 days", None),
        ] {
            assert_eq!(hours(&words, typed), hours_said, "{typed:?}");
        }
    }
}
