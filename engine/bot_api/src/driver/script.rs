//! Reading a script.

use std::fmt;

/// What a member does or waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    Write(String),
    Press(String),
    See(String),
    Lang(String),
    Read,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Place in the cast.
    pub who: usize,
    pub deed: Deed,
    /// As it is written, for the report.
    pub line: String,
}

/// A script, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The names used, in order of their first steps.
    pub(crate) cast: Vec<String>,
    pub(crate) once: Vec<Step>,
    pub(crate) again: Vec<Step>,
    /// Whether there is a `repeat:` line.
    pub(crate) repeats: bool,
}

/// A line that is no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    /// Counted from 1; 0 for the whole script.
    pub line: usize,
    /// What is wrong with it.
    pub fault: String,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl std::error::Error for ScriptError {}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// The first line that is not understood.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut script = Self { cast: Vec::new(), once: Vec::new(), again: Vec::new(), repeats: false };
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line == "repeat:" {
                script.repeats = true;
                continue;
            }
            let step = script.step(line).map_err(|fault| ScriptError { line: at + 1, fault })?;
            if script.repeats { script.again.push(step) } else { script.once.push(step) }
        }
        if script.once.is_empty() && script.again.is_empty() {
            return Err(ScriptError { line: 0, fault: "no step".to_owned() });
        }
        Ok(script)
    }

    fn step(&mut self, line: &str) -> Result<Step, String> {
        let (name, deed) = line.split_once(':').ok_or("expected `who: what`")?;
        let (name, deed) = (name.trim(), deed.trim());
        let (verb, rest) = deed.split_once(char::is_whitespace).unwrap_or((deed, ""));
        let rest = unquoted(rest.trim());
        let deed = match verb {
            "write" => Deed::Write(rest),
            "press" => Deed::Press(rest),
            "sees" => Deed::See(rest),
            "lang" => Deed::Lang(rest),
            "reads" => Deed::Read,
            _ if verb.starts_with('/') => Deed::Write(deed.to_owned()),
            _ => {
                return Err(format!("unknown step `{verb}`; there are write, press, sees, reads, lang and /commands"));
            }
        };
        let empty = match &deed {
            Deed::Write(words) | Deed::Press(words) | Deed::See(words) | Deed::Lang(words) => words.is_empty(),
            Deed::Read => false,
        };
        if empty {
            return Err(format!("`{verb}` what?"));
        }
        let who = self.cast.iter().position(|known| known == name).unwrap_or_else(|| {
            self.cast.push(name.to_owned());
            self.cast.len() - 1
        });
        Ok(Step { who, deed, line: line.to_owned() })
    }
}

fn unquoted(words: &str) -> String {
    words.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(words).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_line_by_line() {
        let script = Script::parse("# story\na: /start x\na: press \"Yes, do\"\n\nrepeat:\nb: write 500").unwrap();
        assert_eq!(script.cast, ["a", "b"]);
        assert_eq!(script.once[0].deed, Deed::Write("/start x".to_owned()));
        assert_eq!(script.once[1].deed, Deed::Press("Yes, do".to_owned()));
        assert_eq!((script.again[0].who, script.repeats), (1, true));
    }

    #[test]
    fn a_line_that_is_no_step_is_named() {
        let cases = [("a: dance", 1), ("a: /start\nhello", 2), ("a: press", 1), ("# nothing", 0)];
        for (text, line) in cases {
            assert_eq!(Script::parse(text).unwrap_err().line, line, "{text}");
        }
    }
}
