//! The letters: how wide they are, and their outlines. They are a part of the program, so a picture is the same everywhere.

use std::sync::LazyLock;

use tiny_skia::PathBuilder;
use ttf_parser::{Face, GlyphId, OutlineBuilder};
use unicode_segmentation::UnicodeSegmentation;

use super::drawing::Point;

/// Noto Sans: Latin, Greek and Cyrillic letters, and the signs of currencies. `docs/pictures.md` tells how it was made.
const FILE: &[u8] = include_bytes!("../font/NotoSans-subset.ttf");

/// How wide a letter is of which the font has no shape, in units of the size. A box stands for it.
const LACKING: f32 = 0.9;

/// The font has no minus; a dash looks the same.
const MINUS: char = '\u{2212}';
const DASH: char = '\u{2013}';

static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FILE, 0).ok());

/// What is drawn for one letter as people see them.
enum Drawn {
    /// These, one on the other: a letter and its marks.
    Glyphs(Vec<GlyphId>),
    /// A box: the font does not know it.
    Box,
    /// Nothing can be seen of it.
    Nothing,
}

/// How wide these words are in this size.
pub fn width(words: &str, size: f32) -> f32 {
    words.graphemes(true).map(|letter| advance(&drawn(letter))).sum::<f32>() * size
}

/// Adds the outlines of these words, which stand at `at`, in this size.
pub fn write(words: &str, size: f32, at: Point, path: &mut PathBuilder) {
    let mut x = at.x;
    for letter in words.graphemes(true) {
        let drawn = drawn(letter);
        match &drawn {
            Drawn::Glyphs(glyphs) => {
                let mut from = x;
                for glyph in glyphs {
                    outline(*glyph, size, Point::new(from, at.y), path);
                    from += advance_of(*glyph) * size;
                }
            }
            Drawn::Box => boxed(size, Point::new(x, at.y), path),
            Drawn::Nothing => {}
        }
        x += advance(&drawn) * size;
    }
}

/// Whether the font has a shape for all of these.
#[cfg(test)]
pub fn knows(words: &str) -> bool {
    words.graphemes(true).all(|letter| matches!(drawn(letter), Drawn::Glyphs(_)))
}

fn drawn(letter: &str) -> Drawn {
    let mut chars = letter.chars();
    let Some(first) = chars.next() else { return Drawn::Nothing };
    if matches!(first, '\u{200D}' | '\u{FE00}'..='\u{FE0F}') {
        return Drawn::Nothing;
    }
    let glyph = |c| FACE.as_ref().and_then(|face| face.glyph_index(if c == MINUS { DASH } else { c }));
    match glyph(first) {
        Some(base) => Drawn::Glyphs([base].into_iter().chain(chars.filter_map(glyph)).collect()),
        None => Drawn::Box,
    }
}

fn advance(drawn: &Drawn) -> f32 {
    match drawn {
        Drawn::Glyphs(glyphs) => glyphs.iter().map(|glyph| advance_of(*glyph)).sum(),
        Drawn::Box => LACKING,
        Drawn::Nothing => 0.0,
    }
}

fn advance_of(glyph: GlyphId) -> f32 {
    let of = |face: &Face<'_>| Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()));
    FACE.as_ref().and_then(of).unwrap_or(LACKING)
}

fn outline(glyph: GlyphId, size: f32, at: Point, path: &mut PathBuilder) {
    let Some(face) = FACE.as_ref() else { return };
    let scale = size / f32::from(face.units_per_em());
    face.outline_glyph(glyph, &mut Pen { path, at, scale });
}

/// A box for a letter that the font does not know, with a hole in it.
fn boxed(size: f32, at: Point, path: &mut PathBuilder) {
    let (left, right) = (at.x + 0.12 * size, at.x + (LACKING - 0.12) * size);
    let (top, bottom, line) = (at.y - 0.7 * size, at.y, 0.06 * size);
    for (inset, turns_back) in [(0.0, false), (line, true)] {
        let (left, right, top, bottom) = (left + inset, right - inset, top + inset, bottom - inset);
        let mut corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        if turns_back {
            corners.reverse();
        }
        let [(x, y), others @ ..] = corners;
        path.move_to(x, y);
        others.into_iter().for_each(|(x, y)| path.line_to(x, y));
        path.close();
    }
}

/// Fonts count upwards, pictures downwards.
struct Pen<'a> {
    path: &'a mut PathBuilder,
    at: Point,
    scale: f32,
}

impl Pen<'_> {
    fn there(&self, x: f32, y: f32) -> (f32, f32) {
        (self.at.x + x * self.scale, self.at.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.there(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.there(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.there(x1, y1), self.there(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.there(x1, y1), self.there(x2, y2), self.there(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_both_languages_and_the_signs_of_currencies_have_shapes() {
        let russian: String = ('а'..='я').chain('А'..='Я').chain("ёЁ".chars()).collect();
        let english: String = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
        for letters in [&*russian, &*english, "€₽$£₴₸₾ »«„“”’…–—−№+", "ІіЇїЄєҐґЂЋњљћĆćŽžŞğİıŐűß"]
        {
            assert!(knows(letters), "{letters}");
        }
        assert!(!knows("安"));
    }

    #[test]
    fn each_letter_is_an_outline_of_its_own() {
        let outline = |words: &str| {
            let mut path = PathBuilder::new();
            write(words, 24.0, Point::MIDDLE, &mut path);
            path.finish()
        };
        assert_ne!(outline("Я"), outline("R"));
        assert_ne!(outline("Я"), outline("安"), "no box");
        assert_eq!(outline("安"), outline("字"), "a box");
        assert_eq!(outline("\u{200D}"), None);
    }

    #[test]
    fn a_mark_takes_no_room_and_a_lacking_letter_takes_one_whatever_it_is_made_of() {
        let wide = |words| width(words, 10.0);
        assert!((wide("a\u{301}") - wide("a")).abs() < 0.01);
        assert!((wide("👨\u{200D}👩\u{200D}👧") - wide("安")).abs() < 0.01);
        assert!(wide("Анна") > 20.0);
        assert!(wide("\u{FE0F}").abs() < f32::EPSILON);
    }
}
