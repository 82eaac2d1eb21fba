//! A calendar of what a member has promised, for a program that shows calendars (RFC 5545). Such programs send no token along
//! with a request, so it stands in the address; it allows nothing else.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::asked::{Asked, lang_of};
use super::call::{Answer, Api};
use super::problem::Problem;
use crate::aid::{self, Due};
use crate::domain::Scope;
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What the file is called behind the token.
const ENDING: &str = ".ics";

/// At which hour of the day before somebody is reminded who has chosen none.
const REMINDED_AT: u8 = 9;

/// A line has so many octets at most, without its end.
const LONGEST_LINE: usize = 75;

pub async fn calendar(State(api): State<Arc<Api>>, Path(file): Path<String>, asked: Asked) -> Answer {
    let lang = lang_of(&api, &asked.headers);
    let Some(token) = file.strip_suffix(ENDING) else { return Err(Problem::nothing(&api, &lang)) };
    let asked = Asked { token: Some(token.to_owned()), ..asked };
    let found = api
        .look(&asked, Scope::Calendar, async move |aid: &aid::Aid<'_>, caller: &aid::programs::Caller, api: &Api| {
            let zone = caller.zone.clone().unwrap_or_else(|| aid.rules.zone.clone());
            let hour = aid::daily_hour(aid, caller.member).await.map_or(REMINDED_AT, |hour| hour.number());
            let due = aid::agenda(aid, caller.member).await?;
            Ok(written(api, &caller.lang, &due, (&zone, hour), aid.now))
        })
        .await;
    // Whoever guesses learns nothing of what there is.
    let text = found.map_err(|problem| match problem.status {
        401 | 403 => Problem::nothing(&api, &lang),
        _ => problem,
    })?;
    let kept = [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CACHE_CONTROL, "private, max-age=300")];
    Ok((kept, text).into_response())
}

fn written(api: &Api, lang: &str, due: &[(NaiveDate, Due)], (zone, hour): (&Zone, u8), now: DateTime<Utc>) -> String {
    let words = |msg: &Msg| api.words(lang, msg);
    let mut lines = Lines::default();
    lines.say("BEGIN", "VCALENDAR");
    lines.say("VERSION", "2.0");
    lines.say("PRODID", "-//Exodus//Calendar//EN");
    lines.say("CALSCALE", "GREGORIAN");
    lines.tell("X-WR-CALNAME", &words(&msg!("calendar-title")));
    for (day, due) in due {
        let (uid, summary, text, is_over) = match due {
            Due::Promise { id, sum, name, note, overdue } => {
                let summary = match overdue {
                    true => msg!("calendar-overdue", name = name, sum = *sum),
                    false => msg!("calendar-promise", name = name, sum = *sum),
                };
                let note = note.as_ref().map(|note| note.as_str().to_owned());
                (format!("promise-{id}"), summary, note, *overdue)
            }
            Due::Emergency { id, name: Some(name) } => {
                (format!("emergency-{id}"), msg!("calendar-emergency", name = name), None, false)
            }
            Due::Emergency { id, name: None } => {
                (format!("emergency-{id}"), msg!("calendar-emergency-mine"), None, false)
            }
        };
        let summary = words(&summary);
        lines.say("BEGIN", "VEVENT");
        lines.say("UID", &format!("{uid}@exodus"));
        lines.say("DTSTAMP", &now.format("%Y%m%dT%H%M%SZ").to_string());
        lines.say("DTSTART;VALUE=DATE", &day.format("%Y%m%d").to_string());
        let next = day.checked_add_days(Days::new(1)).unwrap_or(*day);
        lines.say("DTEND;VALUE=DATE", &next.format("%Y%m%d").to_string());
        lines.say("TRANSP", "TRANSPARENT");
        lines.tell("SUMMARY", &summary);
        if let Some(text) = text {
            lines.tell("DESCRIPTION", &text);
        }
        if !is_over && let Some(at) = reminder(*day, zone, hour) {
            lines.say("BEGIN", "VALARM");
            lines.say("ACTION", "DISPLAY");
            lines.say("TRIGGER;VALUE=DATE-TIME", &at.format("%Y%m%dT%H%M%SZ").to_string());
            lines.tell("DESCRIPTION", &summary);
            lines.say("END", "VALARM");
        }
        lines.say("END", "VEVENT");
    }
    lines.say("END", "VCALENDAR");
    lines.0
}

/// The day before, at the member's hour, by their clock.
fn reminder(day: NaiveDate, zone: &Zone, hour: u8) -> Option<DateTime<Utc>> {
    let before = day.checked_sub_days(Days::new(1))?;
    let local = before.and_time(NaiveTime::from_hms_opt(hour.into(), 0, 0)?);
    Some(zone.first_after(zone.begins(before), local))
}

/// The lines of a calendar.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is ours.
    fn say(&mut self, name: &str, value: &str) {
        let mut line = String::new();
        for letter in format!("{name}:{value}").chars() {
            if line.len() + letter.len_utf8() > LONGEST_LINE {
                self.0.push_str(&line);
                self.0.push_str("\r\n");
                // What follows on the next line begins with a space, which counts.
                line = " ".to_owned();
            }
            line.push(letter);
        }
        self.0.push_str(&line);
        self.0.push_str("\r\n");
    }

    /// A property whose value may be anybody's words: text, whatever is in it.
    fn tell(&mut self, name: &str, words: &str) {
        let mut value = String::new();
        for letter in words.chars() {
            match letter {
                '\\' | ';' | ',' => value.extend(['\\', letter]),
                '\n' => value.push_str("\\n"),
                letter if letter.is_control() => {}
                letter => value.push(letter),
            }
        }
        self.say(name, &value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_text_and_lines_are_short() {
        let mut lines = Lines::default();
        lines.tell("SUMMARY", "a;b,c\\d\r\nBEGIN:VEVENT");
        assert_eq!(lines.0, "SUMMARY:a\\;b\\,c\\\\d\\nBEGIN:VEVENT\r\n");
        let mut lines = Lines::default();
        lines.tell("SUMMARY", &"ж".repeat(100));
        assert!(lines.0.lines().count() > 1 && lines.0.lines().all(|line| line.len() <= LONGEST_LINE));
        let whole: String = lines.0.replace("\r\n ", "");
        assert_eq!(whole.trim_end(), format!("SUMMARY:{}", "ж".repeat(100)));
    }

    #[test]
    fn one_is_reminded_the_day_before_by_the_own_clock() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let zone: Zone = "Europe/Podgorica".parse().unwrap();
        assert_eq!(reminder(day, &zone, 9).unwrap().to_rfc3339(), "2026-11-30T08:00:00+00:00");
    }
}
