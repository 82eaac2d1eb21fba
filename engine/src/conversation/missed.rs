//! What is said to somebody who was not understood: the second time in a row, what can be done at all.

use super::Step;
use super::screen::To;
use crate::locale::{Arg, Msg};
use crate::msg;

/// What the engine says when words mean nothing here, or several things.
const MISSES: [&str; 5] =
    ["page-unexpected", "page-unexpected-waiting", "page-which-choice", "page-which-notice", "page-no-such-command"];

/// The first time, and any later one: whoever reads them sees the same line, and only then what helps.
const FIRST: &str = "page-missed";
const AGAIN: [&str; 2] = ["page-missed-answer", "page-missed-choice"];

/// The step with more help, if its author was not understood, and had not been before either. `before` is the line that
/// they were shown the last time, `asks` whether they were asked for an answer, `explains` whether the bot has a page that explains it.
pub(super) fn with_help(step: Step, before: Option<&Msg>, asks: bool, explains: bool) -> Step {
    let Step { to: To::Stay, saying: Some(said), misread } = step else { return step };
    if !misread && !MISSES.contains(&said.key.as_ref()) {
        return Step::stay().saying(said);
    }
    let again = before.is_some_and(|before| before.key == FIRST || AGAIN.contains(&before.key.as_ref()));
    let help = Arg::variant(if explains { "yes" } else { "no" });
    Step::stay().saying(match (again, asks) {
        (false, _) => msg!("page-missed", said = said),
        (true, true) => msg!("page-missed-answer", said = said, help = help),
        (true, false) => msg!("page-missed-choice", said = said, help = help),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_not_understood_twice_in_a_row_gets_more_help() {
        let says = |said: Msg, before: Option<&str>, asks| {
            let before = before.map(|key| Msg::new(key.to_owned()));
            let step = if said.key == "sum-decimals" { Step::misread(said) } else { Step::stay().saying(said) };
            with_help(step, before.as_ref(), asks, true).saying.unwrap().key.into_owned()
        };
        for (said, before, asks, key) in [
            ("page-unexpected", None, false, "page-missed"),
            ("page-unexpected", Some("done-promise"), false, "page-missed"),
            ("page-unexpected", Some("page-missed"), false, "page-missed-choice"),
            ("page-unexpected", Some("page-missed-choice"), false, "page-missed-choice"),
            ("sum-decimals", Some("page-missed"), true, "page-missed-answer"),
            ("page-late", Some("page-missed"), true, "page-late"),
            // An answer that was taken, on a page that goes on asking.
            ("noted", Some("page-missed"), true, "noted"),
            ("status-far-told", Some("page-missed"), false, "status-far-told"),
        ] {
            assert_eq!(says(Msg::new(said), before, asks), key, "{said} after {before:?}");
        }
        assert_eq!(with_help(Step::back(), None, true, true), Step::back());
        // No help is promised that there is not.
        let (said, before) = (msg!("page-unexpected"), msg!("page-missed"));
        for (explains, help) in [(true, "yes"), (false, "no")] {
            let step = with_help(Step::stay().saying(said.clone()), Some(&before), false, explains);
            let says = msg!("page-missed-choice", said = said.clone(), help = Arg::variant(help));
            assert_eq!(step, Step::stay().saying(says));
        }
    }
}
