//! Blanks in what people say: `{invite}` for a token that nobody wants to type, and a few for what can't be typed.

/// The longest row that `{x*10000}` makes, in repetitions.
const LONGEST: usize = 100_000;

/// Fills the blanks in somebody's words:
///
/// - `{invite}`: the last invite that anybody was shown; `{invite:anna}`: that Anna was shown;
/// - `{U+202E}`: the character with this number;
/// - `{x*10000}`: so many times the same.
///
/// Everything else in braces stays as it is. `None` when no invite was shown that could be meant.
pub fn fill<'t>(words: &str, invite: impl Fn(Option<&str>) -> Option<&'t str>) -> Option<String> {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find('}') else { break };
        let blank = &rest[1..end];
        if blank == "invite" {
            filled.push_str(invite(None)?);
        } else if let Some(who) = blank.strip_prefix("invite:") {
            filled.push_str(invite(Some(who))?);
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
        let invite = |who: Option<&str>| match who {
            None => Some("last"),
            Some("anna") => Some("annas"),
            Some(_) => None,
        };
        for (words, filled) in [
            ("hello", Some("hello")),
            ("/start {invite}", Some("/start last")),
            ("{invite:anna}, {invite}!", Some("annas, last!")),
            ("{invite:boris}", None),
            ("a{U+0007}b", Some("a\u{7}b")),
            ("{U+FFFFFFFF} {U+xyz}", Some("{U+FFFFFFFF} {U+xyz}")),
            ("{ab*3}", Some("ababab")),
            ("{*3} {a*-1} {a*99999999999}", Some("{*3} {a*-1} {a*99999999999}")),
            ("{ {} {{invite}} {", Some("{ {} {last} {")),
        ] {
            assert_eq!(fill(words, invite).as_deref(), filled, "{words:?}");
        }
    }
}
