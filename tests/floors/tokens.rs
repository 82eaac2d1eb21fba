//! Rust code taken apart into words and signs, without comments and literals: as much of the language as is needed to see
//! what a file names.

/// Words (`crate`, `store`), `::`, and each other sign by itself.
pub fn tokens(code: &str) -> Vec<String> {
    let letters: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let rest = &letters[at..];
        if let Some(length) = skipped(rest) {
            at += length;
        } else if is_of_word(letter) {
            let length = rest.iter().take_while(|letter| is_of_word(**letter)).count();
            found.push(rest[..length].iter().collect());
            at += length;
        } else if rest.starts_with(&[':', ':']) {
            found.push("::".to_owned());
            at += 2;
        } else {
            if !letter.is_whitespace() {
                found.push(letter.to_string());
            }
            at += 1;
        }
    }
    found
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The length of the comment or literal that begins here, if one does.
fn skipped(rest: &[char]) -> Option<usize> {
    match rest {
        ['/', '/', ..] => Some(up_to(rest, 0, &['\n'])),
        ['/', '*', ..] => Some(up_to(rest, 2, &['*', '/'])),
        ['"', ..] => Some(quoted(rest, '"')),
        ['b', '"', ..] => Some(1 + quoted(&rest[1..], '"')),
        ['r', '"' | '#', ..] => raw(&rest[1..]).map(|length| 1 + length),
        ['b', 'r', '"' | '#', ..] => raw(&rest[2..]).map(|length| 2 + length),
        ['\'', '\\', ..] => Some(quoted(rest, '\'')),
        ['\'', _, '\'', ..] => Some(3),
        _ => None,
    }
}

/// The length up to the end of `sign`, which is looked for from `from` on.
fn up_to(rest: &[char], from: usize, sign: &[char]) -> usize {
    let found = rest[from..].windows(sign.len()).position(|here| here == sign);
    found.map_or(rest.len(), |at| from + at + sign.len())
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while let Some(letter) = rest.get(at) {
        match letter {
            '\\' => at += 2,
            letter if *letter == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The length of `#"..."#`; none where it is no literal, as in `r#type`.
fn raw(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().take_while(|letter| **letter == '#').count();
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    (rest.get(hashes) == Some(&'"')).then(|| up_to(rest, hashes + 1, &end))
}

#[test]
fn what_is_not_code_is_passed_over() {
    for (code, expected) in [
        ("a::b // c\nd", "a :: b d"),
        ("a /* b * / c */ d", "a d"),
        (r#""a \" b" c b"d" e"#, "c e"),
        (r##"r#"a " b"# c r"d" e"##, "c e"),
        (r"'a' '\'' '\u{A0}' b<'c>", "b < ' c >"),
        ("r#type", "r # type"),
    ] {
        assert_eq!(tokens(code).join(" "), expected, "{code}");
    }
}
