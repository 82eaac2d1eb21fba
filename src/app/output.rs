//! What a command says to whoever has typed it. That nobody reads it any more (`exodus check | head -1`) is no reason to
//! break off.

use std::fmt::Display;
use std::io::Write;

/// A line of what was asked for.
pub fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line about what went wrong.
pub fn complain(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
