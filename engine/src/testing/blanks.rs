//! Blanks in what people say: `{invite}` and `{code}` for what nobody wants to type, and a few for what can't be typed.

/// The longest row that `{x*10000}` makes, in repetitions.
const LONGEST: usize = 100_000;

/// What somebody was shown, and can type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The token of an invite.
    Invite,
    /// The code for linking an account.
    Code,
}

/// Fills the blanks in somebody's words:
///
/// - `{invite}`: the last invite that anybody was shown; `{invite:anna}`: that Anna was shown;
/// - `{code}`: the last code for linking an account that anybody was shown; `{code:anna}`: that Anna was shown;
/// - `{U+202E}`: the character with this number;
/// - `{x*10000}`: so many times the same.
///
/// Everything else in braces stays as it is. `None` when nothing was shown that could be meant.
pub fn fill<'t>(words: &str, shown: impl Fn(Shown, Option<&str>) -> Option<&'t str>) -> Option<String> {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find('}') else { break };
        let blank = &rest[1..end];
        if let Some((what, who)) = shown_to(blank) {
            filled.push_str(shown(what, who)?);
        } else if let Some(made) = character(blank).or_else(|| row(blank)) {
            filled.push_str(&made);
        } else {
            filled.push('{');
            rest = &rest[1..];
            continue;
        }
        rest = &rest[end + 1..];
    }
    filled.push_str(rest);
    Some(filled)
}

/// What was shown, and to whom, if it has to be somebody's.
fn shown_to(blank: &str) -> Option<(Shown, Option<&str>)> {
    let (what, who) = blank.split_once(':').map_or((blank, None), |(what, who)| (what, Some(who)));
    match what {
        "invite" => Some((Shown::Invite, who)),
        "code" => Some((Shown::Code, who)),
        _ => None,
    }
}

fn character(blank: &str) -> Option<String> {
    let number = u32::from_str_radix(blank.strip_prefix("U+")?, 16).ok()?;
    char::from_u32(number).map(String::from)
}

fn row(blank: &str) -> Option<String> {
    let (what, count) = blank.rsplit_once('*')?;
    let count: usize = count.parse().ok()?;
    (count <= LONGEST && !what.is_empty()).then(|| what.repeat(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_and_all_other_braces_stay() {
        let shown = |what: Shown, who: Option<&str>| match (what, who) {
            (Shown::Invite, None) => Some("last"),
            (Shown::Invite, Some("anna")) => Some("annas"),
            (Shown::Code, Some("anna")) => Some("code"),
            _ => None,
        };
        for (words, filled) in [
            ("hello", Some("hello")),
            ("/start {invite}", Some("/start last")),
            ("{invite:anna}, {invite}!", Some("annas, last!")),
            ("{invite:boris}", None),
            ("link {code:anna}", Some("link code")),
            ("link {code}", None),
            ("a{U+0007}b", Some("a\u{7}b")),
            ("{U+FFFFFFFF} {U+xyz}", Some("{U+FFFFFFFF} {U+xyz}")),
            ("{ab*3}", Some("ababab")),
            ("{*3} {a*-1} {a*99999999999}", Some("{*3} {a*-1} {a*99999999999}")),
            ("{ {} {{invite}} {", Some("{ {} {last} {")),
        ] {
            assert_eq!(fill(words, shown).as_deref(), filled, "{words:?}");
        }
    }
}
