//! One line of a chat as people write it: who says what, or how the clock moves.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::name;

/// The sign of a notice in a chat's header: `@anna 🔔`.
pub(super) const BELL: &str = "🔔";

/// What a line of a chat means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing is on it.
    Blank,
    /// `# a remark for the reader`.
    Comment,
    /// What the bot said when this chat was written down: not for us to say.
    Bots,
    /// `@anna`: it is Anna who talks from here on.
    Chooses {
        /// The name.
        who: String,
    },
    /// `@anna > words`, or the words alone: the last one to talk goes on.
    Says {
        /// The name, where it is said.
        who: Option<String>,
        /// What is said.
        words: String,
    },
    /// `@anna >> label`: Anna presses the button on the oldest message that shows it; `@boris >> @anna label`: Boris
    /// presses one that only Anna was shown.
    Presses {
        /// Whoever presses.
        who: String,
        /// Whoever was shown the button, if somebody else was.
        shown_to: Option<String>,
        /// What the button says.
        label: String,
    },
    /// `@anna reply 12 > words`: Anna replies to the notice with this number.
    Replies {
        /// Whoever replies.
        who: String,
        /// The number of the notice.
        notice: i64,
        /// What is said.
        words: String,
    },
    /// `@anna in @circle > words`: Anna says it in a group.
    InGroup {
        /// Whoever says it.
        who: String,
        /// The group.
        group: String,
        /// What is said.
        words: String,
    },
    /// `@anna again`: Anna's last message or press arrives a second time.
    Again {
        /// Whose message it was.
        who: String,
    },
    /// `clock +3d`, `clock +2h`, `clock +15m`, `clock 2026-12-01`, `clock 2026-12-01 09:30`.
    Clock(Move),
    /// `clock off +62d`: the clock moves while the bot is off, which then finds late what it has missed.
    ClockOff(Move),
    /// `who`: the names that have talked.
    Who,
    /// `quit`: the end.
    Quit,
}

/// How the clock moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// By so much.
    By(TimeDelta),
    /// To this time.
    To(DateTime<Utc>),
}

/// Why a line can't be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It begins with `@`, but no form of a line goes on like this.
    Person,
    /// This can't be a name.
    Name(String),
    /// No form of a move of the clock.
    Clock,
    /// A single space or another indentation at the beginning: neither the bot's nor a person's.
    Indent,
    /// A control character: it has to be written by its number.
    Control,
}

impl Line {
    /// Reads a line of a written chat, where what is indented by two spaces is the bot's.
    ///
    /// # Errors
    /// See [`Misread`].
    pub fn of_chat(line: &str) -> Result<Line, Misread> {
        if line.trim().is_empty() {
            return Ok(Line::Blank);
        }
        if line.starts_with("  ") {
            return Ok(Line::Bots);
        }
        if line.starts_with(char::is_whitespace) {
            return Err(Misread::Indent);
        }
        Line::read(line)
    }

    /// Reads a line that somebody has just typed: nothing in it is the bot's.
    ///
    /// # Errors
    /// See [`Misread`].
    pub fn typed(line: &str) -> Result<Line, Misread> {
        Line::read(line.trim_start())
    }

    fn read(line: &str) -> Result<Line, Misread> {
        let line = line.trim_end();
        if line.chars().any(char::is_control) {
            return Err(Misread::Control);
        }
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match first {
            "" => Ok(Line::Blank),
            "who" if rest.is_empty() => Ok(Line::Who),
            "quit" | "exit" if rest.is_empty() => Ok(Line::Quit),
            "clock" => match rest.trim().strip_prefix("off ") {
                Some(rest) => Move::read(rest.trim()).map(Line::ClockOff).ok_or(Misread::Clock),
                None => Move::read(rest.trim()).map(Line::Clock).ok_or(Misread::Clock),
            },
            _ if line.starts_with('#') => Ok(Line::Comment),
            _ => match first.strip_prefix('@') {
                Some(who) => Line::of_person(who, rest),
                None => Ok(Line::Says { who: None, words: line.to_owned() }),
            },
        }
    }

    fn of_person(who: &str, rest: &str) -> Result<Line, Misread> {
        let who = name::read(who).ok_or_else(|| Misread::Name(who.to_owned()))?;
        if let Some(label) = rest.strip_prefix(">> ") {
            return Line::of_press(who, label.trim());
        }
        if let Some((notice, words)) = rest.strip_prefix("reply ").and_then(|rest| rest.split_once(" > ")) {
            let notice = notice.trim().parse().map_err(|_| Misread::Person)?;
            return Ok(Line::Replies { who, notice, words: words.to_owned() });
        }
        if let Some((group, words)) = rest.strip_prefix("in @").and_then(|rest| rest.split_once(" > ")) {
            let group = name::read(group).ok_or_else(|| Misread::Name(group.to_owned()))?;
            return Ok(Line::InGroup { who, group, words: words.to_owned() });
        }
        match rest {
            "" | ">" => Ok(Line::Chooses { who }),
            "again" => Ok(Line::Again { who }),
            BELL => Ok(Line::Bots),
            _ => match rest.strip_prefix("> ") {
                Some(words) => Ok(Line::Says { who: Some(who), words: words.to_owned() }),
                None => Err(Misread::Person),
            },
        }
    }

    fn of_press(who: String, label: &str) -> Result<Line, Misread> {
        let Some(rest) = label.strip_prefix('@') else {
            return Ok(Line::Presses { who, shown_to: None, label: label.to_owned() });
        };
        let (other, label) = rest.split_once(' ').ok_or(Misread::Person)?;
        let other = name::read(other).ok_or_else(|| Misread::Name(other.to_owned()))?;
        Ok(Line::Presses { who, shown_to: Some(other), label: label.trim().to_owned() })
    }
}

impl Move {
    fn read(text: &str) -> Option<Move> {
        if let Some(span) = text.strip_prefix('+') {
            let (count, unit) = (span.get(..span.len().checked_sub(1)?)?, span.chars().next_back()?);
            if count.is_empty() || !count.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let count = count.parse().unwrap_or(i64::MAX);
            let span = match unit {
                'd' => TimeDelta::try_days(count),
                'h' => TimeDelta::try_hours(count),
                'm' => TimeDelta::try_minutes(count),
                _ => return None,
            };
            return Some(Move::By(span.unwrap_or(TimeDelta::MAX)));
        }
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
        let minute = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok();
        Some(Move::To(minute(text).or_else(|| day(text))?.and_utc()))
    }

    /// The time after this move; `None` beyond the years that are written with four digits.
    pub fn from(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let then = match self {
            Move::By(span) => now.checked_add_signed(span)?,
            Move::To(then) => then,
        };
        (1..=9999).contains(&then.year()).then_some(then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(who: Option<&str>, words: &str) -> Result<Line, Misread> {
        Ok(Line::Says { who: who.map(str::to_owned), words: words.to_owned() })
    }

    fn presses(who: &str, shown_to: Option<&str>, label: &str) -> Result<Line, Misread> {
        let shown_to = shown_to.map(str::to_owned);
        Ok(Line::Presses { who: who.to_owned(), shown_to, label: label.to_owned() })
    }

    #[test]
    fn each_form_of_a_line_is_understood_and_no_other() {
        let who = || "anna".to_owned();
        for (line, means) in [
            ("", Ok(Line::Blank)),
            ("   ", Ok(Line::Blank)),
            ("# @anna > hello", Ok(Line::Comment)),
            ("  @anna > hello", Ok(Line::Bots)),
            ("@anna 🔔", Ok(Line::Bots)),
            ("@anna", Ok(Line::Chooses { who: who() })),
            ("@anna >", Ok(Line::Chooses { who: who() })),
            ("@Anna > hello", says(Some("anna"), "hello")),
            ("@anna >  two  spaces ", says(Some("anna"), " two  spaces")),
            ("@anna > clock +3d", says(Some("anna"), "clock +3d")),
            ("hello there", says(None, "hello there")),
            ("2", says(None, "2")),
            ("quit it", says(None, "quit it")),
            ("clockwork", says(None, "clockwork")),
            ("@anna again", Ok(Line::Again { who: who() })),
            ("@anna >> Confirm", presses("anna", None, "Confirm")),
            ("@boris >> @anna Confirm 12", presses("boris", Some("anna"), "Confirm 12")),
            ("@boris >> @anna", Err(Misread::Person)),
            ("@anna reply 12 > yes > no", Ok(Line::Replies { who: who(), notice: 12, words: "yes > no".into() })),
            ("@anna reply x > yes", Err(Misread::Person)),
            (
                "@anna in @circle > /circle",
                Ok(Line::InGroup { who: who(), group: "circle".into(), words: "/circle".into() }),
            ),
            ("@anna in circle > /circle", Err(Misread::Person)),
            ("@anna reply 12", Err(Misread::Person)),
            ("@anna hello", Err(Misread::Person)),
            ("@anna! > hello", Err(Misread::Name("anna!".into()))),
            ("@ > hello", Err(Misread::Name(String::new()))),
            (" hello", Err(Misread::Indent)),
            ("\thello", Err(Misread::Indent)),
            ("@anna > a\u{1b}[2J", Err(Misread::Control)),
            ("clock +3d", Ok(Line::Clock(Move::By(TimeDelta::days(3))))),
            ("clock off +3d", Ok(Line::ClockOff(Move::By(TimeDelta::days(3))))),
            ("clock off", Err(Misread::Clock)),
            ("clock", Err(Misread::Clock)),
            ("clock tomorrow", Err(Misread::Clock)),
            ("who", Ok(Line::Who)),
            ("quit", Ok(Line::Quit)),
        ] {
            assert_eq!(Line::of_chat(line), means, "{line:?}");
        }
    }

    #[test]
    fn what_is_typed_is_never_the_bots() {
        assert_eq!(Line::typed("  2"), says(None, "2"));
        assert_eq!(Line::typed("   "), Ok(Line::Blank));
    }

    #[test]
    fn the_clock_moves_by_a_span_or_to_a_moment() {
        let moment = |text: &str| DateTime::parse_from_rfc3339(text).expect("a moment").to_utc();
        let now = moment("2026-11-10T09:00:00Z");
        for (text, then) in [
            ("+3d", Some("2026-11-13T09:00:00Z")),
            ("+2h", Some("2026-11-10T11:00:00Z")),
            ("+15m", Some("2026-11-10T09:15:00Z")),
            ("2026-12-01", Some("2026-12-01T00:00:00Z")),
            ("2026-12-01 09:30", Some("2026-12-01T09:30:00Z")),
            ("2026-13-01", None),
            ("+3", None),
            ("+d", None),
            ("+-3d", None),
            ("+3д", None),
            ("-3d", None),
            ("3d", None),
            ("+9999999d", None),
            ("+99999999999999999999d", None),
            ("+1000000d", Some("4764-10-07T09:00:00Z")),
            ("9999-01-01", Some("9999-01-01T00:00:00Z")),
            ("12026-12-01", None),
        ] {
            assert_eq!(Move::read(text).and_then(|m| m.from(now)), then.map(moment), "{text:?}");
        }
    }
}
