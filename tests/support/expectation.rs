//! A text that is expected, in a file: compared line by line, or rewritten when `UPDATE_EXPECT=1` is set.

use std::fmt::Write;
use std::path::Path;

/// How many lines are shown round a difference.
const AROUND: usize = 3;

/// Whether what is expected is to be rewritten by what is.
pub fn is_rewritten() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1")
}

/// Writes the text into its file, if it is another one than before.
pub fn rewrite(file: &Path, text: &str) {
    if std::fs::read_to_string(file).ok().as_deref() != Some(text) {
        std::fs::write(file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// What differs, with the line numbers of what was expected; `None` when nothing does.
pub fn difference(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.split('\n').collect(), found.split('\n').collect());
    let lines = aligned(&old, &new);
    let differs = |at: usize| lines[at].sign != ' ';
    let mut shown = String::new();
    let mut last = None;
    for at in 0..lines.len() {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(lines.len() - 1));
        if !(from..=to).any(differs) {
            continue;
        }
        if last.is_some_and(|last: usize| last + 1 != at) {
            shown.push_str("       ...\n");
        }
        let Aligned { number, sign, text } = lines[at];
        let _ = writeln!(shown, "{number:>6} {sign} {}", visible(text));
        last = Some(at);
    }
    Some(shown)
}

#[derive(Clone, Copy)]
struct Aligned<'a> {
    number: usize,
    sign: char,
    text: &'a str,
}

/// Both texts side by side, with as many lines as possible in common.
fn aligned<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Aligned<'a>> {
    // common[i][j]: how many lines old[i..] and new[j..] have in common at most.
    let mut common = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] =
                if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() || j < new.len() {
        let number = i + 1;
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(Aligned { number, sign: ' ', text: old[i] });
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || common[i + 1][j] >= common[i][j + 1]) {
            lines.push(Aligned { number, sign: '-', text: old[i] });
            i += 1;
        } else {
            lines.push(Aligned { number, sign: '+', text: new[j] });
            j += 1;
        }
    }
    lines
}

/// Spaces that look like others are told apart.
fn visible(line: &str) -> String {
    line.replace('\u{a0}', "⍽")
}
