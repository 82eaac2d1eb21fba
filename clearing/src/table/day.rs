//! Dates as tables have them, as numbers of days.

/// Reads `2026-12-20` or `20.12.2026`: how many days after 1970-01-01 it is. Nothing if there is no such day.
pub(super) fn read(text: &str) -> Option<i64> {
    let numbers = |separator: char| {
        let parts: Vec<&str> = text.split(separator).collect();
        let all_digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        <[&str; 3]>::try_from(parts).ok().filter(|_| all_digits)
    };
    let (year, month, day) = match (numbers('-'), numbers('.')) {
        (Some([year, month, day]), _) => (year, month, day),
        (_, Some([day, month, year])) => (year, month, day),
        _ => return None,
    };
    if year.len() != 4 || !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
        return None;
    }
    let (year, month, day): (i64, i64, i64) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    // Years begin in March here, so that the day that comes and goes is their last (Hinnant, "chrono-compatible low-level
    // date algorithms").
    let year = if month > 2 { year } else { year - 1 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// The day with this number, as `2026-12-20`.
pub(super) fn written(day: i64) -> String {
    let day = day + 719_468;
    let (era, day_of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day_of_month:02}")
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn what_is_written_is_read_as_the_same_day() {
        for day in (-200_000..200_000).step_by(37) {
            assert_eq!(read(&written(day)), Some(day), "{}", written(day));
        }
        for text in ["2024-02-29", "2023-03-01", "2000-12-31", "1999-01-01"] {
            assert_eq!(read(text).map(written).as_deref(), Some(text));
        }
    }

    #[test]
    fn days_follow_each_other() {
        assert_eq!(read("1970-01-01"), Some(0));
        assert_eq!(read("2026-12-20"), read("20.12.2026"));
        assert_eq!(read("2024-03-01"), read("2024-02-29").map(|day| day + 1));
        assert_eq!(read("2001-01-01"), read("2000-12-31").map(|day| day + 1));
        assert_eq!(read("2026-11-29"), Some(20_786));
    }

    #[test]
    fn a_day_that_does_not_exist_is_none() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "31.04.2026",
            "26-12-20",
            "20/12/2026",
            "2026-12",
            "today",
            "",
            "2026-12-+1",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
