//! Days as people name them, on Saturday, the 28th of November 2026.

use super::*;

fn words() -> Words {
    let mut words = Words::default();
    let months = [
        ("November", "ноября", "ноябрь", 11),
        ("December", "декабря", "декабрь", 12),
        ("January", "января", "январь", 1),
        ("February", "февраля", "февраль", 2),
        ("March", "марта", "март", 3),
        ("May", "мая", "май", 5),
    ];
    for (en, ru, alone, month) in months {
        for name in [en, ru, alone] {
            words.add_name(name, Word::Month(month));
        }
    }
    words.add("monday, mon, понедельник*, пн", Word::Weekday(0));
    words.add("friday, fri, пятниц*, пт", Word::Weekday(4));
    words.add("saturday, sat, суббот*, сб", Word::Weekday(5));
    words.add("today, сегодня", Word::Ahead(0));
    words.add("tomorrow, завтра", Word::Ahead(1));
    words.add("послезавтра", Word::Ahead(2));
    words.add("day, days, d, день, дня, дней, дн", Word::Days(1));
    words.add("week, weeks, недел*", Word::Days(7));
    words.add("month, months, месяц*", Word::Months);
    words.add("end, конец, конца", Word::End);
    words.add("a, one, один, одну", Word::Number(1));
    words.add("two, два, две", Word::Number(2));
    words.add("by, in, the, of, on, until, this, через, до, в, на, эту, года, г", Word::Filler);
    words.add("next, следующ*", Word::Next);
    words.add("yesterday, last, ago, вчера, прошл*, назад", Word::Past);
    words.add("st, nd, rd, th, го, му, е, числа, число, к", Word::OfMonth);
    words
}

fn reads(typed: &str, expected: Result<&str, NoDay>) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let expected = expected.map(|day| day.parse().unwrap());
    assert_eq!(read(&words(), typed, today, 31, Order::Either), expected, "{typed:?}");
}

#[test]
fn day_and_month_are_turned_round_only_where_people_write_them_so() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    for (typed, by_order) in [
        ("12.05", [Err(NoDay::TooLate), Err(NoDay::TooLate)]),
        ("12-05", [Err(NoDay::TooLate), Err(NoDay::TooLate)]),
        ("12/05", [Err(NoDay::TooLate), Ok("2026-12-05")]),
        ("12/05/2026", [Err(NoDay::Past), Ok("2026-12-05")]),
        ("12.05.2027", [Err(NoDay::TooLate), Err(NoDay::TooLate)]),
        ("12/20", [Err(NoDay::NoSuchDay), Ok("2026-12-20")]),
        ("20/12", [Ok("2026-12-20"), Ok("2026-12-20")]),
    ] {
        for (order, expected) in [Order::DayFirst, Order::Either].into_iter().zip(by_order) {
            let expected = expected.map(|day| day.parse().unwrap());
            assert_eq!(read(&words(), typed, today, 31, order), expected, "{typed:?} {order:?}");
        }
    }
}

#[test]
fn days_are_read_as_people_name_them() {
    for (typed, day) in [
        ("14", "2026-12-12"),
        (" 14. ", "2026-12-12"),
        ("٧", "2026-12-05"),
        ("１４", "2026-12-12"),
        ("31", "2026-12-29"),
        ("20.12", "2026-12-20"),
        ("20.12.", "2026-12-20"),
        ("20/12", "2026-12-20"),
        ("12/20", "2026-12-20"),
        ("5.12", "2026-12-05"),
        ("20.12.2026", "2026-12-20"),
        ("20.12.26 г.", "2026-12-20"),
        ("2026-12-20", "2026-12-20"),
        ("2026/12/20", "2026-12-20"),
        ("20-12-2026", "2026-12-20"),
        ("к 20 декабря", "2026-12-20"),
        ("К 20-му декабря 2026 года", "2026-12-20"),
        ("20 дек", "2026-12-20"),
        ("Dec 20", "2026-12-20"),
        ("Dec. 20, 2026", "2026-12-20"),
        ("December 20th", "2026-12-20"),
        ("by the 20th of December", "2026-12-20"),
        ("by the 3rd", "2026-12-03"),
        ("30 числа", "2026-11-30"),
        ("к 20", "2026-12-20"),
        ("tomorrow", "2026-11-29"),
        ("Завтра!", "2026-11-29"),
        ("послезавтра", "2026-11-30"),
        ("пятница", "2026-12-04"),
        ("в пятницу", "2026-12-04"),
        ("fri", "2026-12-04"),
        ("Friday, 4 December", "2026-12-04"),
        ("Saturday", "2026-12-05"),
        ("in 10 days", "2026-12-08"),
        ("10 дней", "2026-12-08"),
        ("10d", "2026-12-08"),
        ("через неделю", "2026-12-05"),
        ("in a week", "2026-12-05"),
        ("через две недели", "2026-12-12"),
        ("in 2 weeks", "2026-12-12"),
        ("через месяц", "2026-12-28"),
        ("до конца месяца", "2026-11-30"),
    ] {
        reads(typed, Ok(day));
    }
}

#[test]
fn what_is_no_day_to_come_is_refused() {
    for typed in [
        "",
        "abc",
        "800 €",
        "20.12.2026.1",
        "1/2/3/4",
        "20 декабря ноября",
        "пятница завтра",
        "14 20",
        "14.5.6.7",
        "-",
        "12:30",
    ] {
        reads(typed, Err(NoDay::NotADay));
    }
    for typed in ["31.02", "31.02.2027", "30 February", "32.12", "2026-13-01", "40 числа"] {
        reads(typed, Err(NoDay::NoSuchDay));
    }
    for typed in ["0", "today", "сегодня", "28.11", "20.11", "1 November", "2020-01-01", "20.11.2026"] {
        reads(typed, Err(NoDay::Past));
    }
    for typed in
        ["32", "800", "99999999999999999999", "1 January", "2 months", "2027-05-01", "20 марта", "99999999 weeks"]
    {
        let too_long = typed.len() == 20;
        reads(typed, Err(if too_long { NoDay::NotADay } else { NoDay::TooLate }));
    }
    reads(&"1".repeat(10_000), Err(NoDay::NotADay));
}

#[test]
fn the_next_weekday_is_one_of_the_week_after_this_one() {
    // It is Saturday: the week ends tomorrow.
    for (typed, day) in [
        ("next monday", "2026-11-30"),
        ("в следующий понедельник", "2026-11-30"),
        ("next friday", "2026-12-04"),
        ("в следующую пятницу", "2026-12-04"),
        ("this friday", "2026-12-04"),
        ("в эту пятницу", "2026-12-04"),
        ("next saturday", "2026-12-05"),
        ("friday next week", "2026-12-04"),
        ("в пятницу на следующей неделе", "2026-12-04"),
        ("next week", "2026-12-05"),
    ] {
        reads(typed, Ok(day));
    }
    let tuesday = NaiveDate::from_ymd_opt(2026, 11, 10).unwrap();
    for (typed, day) in [
        ("friday", "2026-11-13"),
        ("this friday", "2026-11-13"),
        ("в эту пятницу", "2026-11-13"),
        ("next friday", "2026-11-20"),
        ("в следующую пятницу", "2026-11-20"),
        ("next monday", "2026-11-16"),
    ] {
        assert_eq!(read(&words(), typed, tuesday, 31, Order::Either), Ok(day.parse().unwrap()), "{typed:?}");
    }
}

#[test]
fn what_is_over_is_told_so() {
    for typed in [
        "yesterday",
        "вчера",
        "-3",
        "−3 days",
        "3 days ago",
        "3 дня назад",
        "last friday",
        "в прошлую пятницу",
        "last week",
    ] {
        reads(typed, Err(NoDay::Past));
    }
    reads("last day of November", Err(NoDay::NotADay));
    reads("-99999999999999999999", Err(NoDay::NotADay));
}

#[test]
fn a_day_may_be_said_in_two_ways_as_where_it_is_asked_for() {
    for (typed, means) in [
        ("14 (12 декабря)", Ok("2026-12-12")),
        ("12 December (14)", Ok("2026-12-12")),
        ("14 дней (12.12)", Ok("2026-12-12")),
        ("до конца месяца (2 дня)", Ok("2026-11-30")),
        ("days (14)", Ok("2026-12-12")),
        ("(14)", Ok("2026-12-12")),
        ("14 (13 декабря)", Err(NoDay::NotADay)),
        ("14 (24 ноября)", Err(NoDay::NotADay)),
        ("32 (30 December)", Err(NoDay::TooLate)),
        ("20 Dec 26", Ok("2026-12-20")),
    ] {
        reads(typed, means);
    }
}

#[test]
fn what_is_written_as_a_day_is_one_also_where_the_calendar_has_none() {
    for (typed, is_one) in [
        ("31.11", true),
        ("30.02.2027", true),
        ("11/31", true),
        ("31/11", true),
        ("12.50", false),
        ("32.12", false),
        ("12/50", false),
        ("400", false),
        ("-5.6", false),
        ("", false),
    ] {
        assert_eq!(super::looks_like_one(typed), is_one, "{typed}");
    }
}
