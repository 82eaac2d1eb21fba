//! A drawing written down as SVG: without a style of its own, without anything that is asked for elsewhere, and with a title on
//! each dot and arrow.
//!
//! Letters are those of whoever looks at it. So that they have the room that they were given, their width is written down.

use std::fmt::{self, Write};

use super::drawing::{Anchor, Drawing, Part, Point, Shape, Step, Stroke};
use super::ink::Ink;

/// What keeps lifted letters apart from the lines behind them.
pub const LIFTED: f32 = 5.0;

impl Drawing {
    /// The drawing as SVG, for a page in which it stands or for a file. What is drawn has classes (`fill-ink`, `stroke-line`) by
    /// which a page may give it other colours; the picture has the class `picture`.
    pub fn svg(&self) -> String {
        let mut svg = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut svg);
        svg
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let (width, height) = (round(self.width), round(self.height));
        write!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="group" viewBox="0 0 {width} {height}" font-family="Noto Sans, DejaVu Sans, sans-serif">"#
        )?;
        write!(out, "<title>{}</title>", escaped(&self.title))?;
        write!(out, r#"<rect width="{width}" height="{height}"{}/>"#, painted(Some(Ink::Paper), None))?;
        for part in &self.parts {
            write_part(out, part)?;
        }
        out.push_str("</svg>");
        Ok(())
    }
}

fn write_part(out: &mut String, part: &Part) -> fmt::Result {
    match &part.title {
        Some(title) => write!(out, r#"<g role="img"><title>{}</title>"#, escaped(title))?,
        None => out.push_str("<g>"),
    }
    for shape in &part.shapes {
        write_shape(out, shape)?;
    }
    out.push_str("</g>");
    Ok(())
}

fn write_shape(out: &mut String, shape: &Shape) -> fmt::Result {
    match shape {
        Shape::Disc { at, radius, fill, stroke } => {
            let (x, y, radius) = (round(at.x), round(at.y), round(*radius));
            write!(out, r#"<circle cx="{x}" cy="{y}" r="{radius}"{}/>"#, painted(*fill, *stroke))
        }
        Shape::Outline { steps, fill, stroke } => {
            let steps: String = steps.iter().map(step).collect();
            write!(out, r#"<path d="{steps}"{}/>"#, painted(*fill, *stroke))
        }
        Shape::Text { at, size, width, words, ink, anchor, lifted } => {
            let (x, y, size, width) = (round(at.x), round(at.y), round(*size), round(*width));
            let anchor = match anchor {
                Anchor::Left => "",
                Anchor::Middle => r#" text-anchor="middle""#,
            };
            let border = lifted.then_some(Stroke { ink: Ink::Paper, width: LIFTED, dashes: None });
            let order = if *lifted { r#" paint-order="stroke" stroke-linejoin="round""# } else { "" };
            let painted = painted(Some(*ink), border);
            write!(out, r#"<text x="{x}" y="{y}" font-size="{size}" textLength="{width}" "#)?;
            write!(out, r#"lengthAdjust="spacingAndGlyphs"{anchor}{order}{painted}>{}</text>"#, escaped(words))
        }
    }
}

/// With what something is filled, and its line.
fn painted(fill: Option<Ink>, stroke: Option<Stroke>) -> String {
    let filled = fill.map(|ink| format!("fill-{}", ink.name()));
    let lined = stroke.map(|stroke| format!("stroke-{}", stroke.ink.name()));
    let classes: Vec<String> = filled.into_iter().chain(lined).collect();
    let mut attributes = format!(r#" class="{}" fill="{}""#, classes.join(" "), fill.map_or("none", Ink::colour));
    if let Some(Stroke { ink, width, dashes }) = stroke {
        let colour = ink.colour();
        attributes += &format!(r#" stroke="{colour}" stroke-width="{}" stroke-linecap="round""#, round(width));
        if let Some((dash, gap)) = dashes {
            attributes += &format!(r#" stroke-dasharray="{} {}""#, round(dash), round(gap));
        }
    }
    attributes
}

fn step(step: &Step) -> String {
    let written = |point: &Point| format!("{} {}", round(point.x), round(point.y));
    match step {
        Step::Move(to) => format!("M{}", written(to)),
        Step::Line(to) => format!("L{}", written(to)),
        Step::Curve(past, to) => format!("Q{} {}", written(past), written(to)),
        Step::Close => "Z".to_owned(),
    }
}

/// To a tenth: nobody sees more, and machines reckon the rest differently.
fn round(number: f32) -> f32 {
    // Not minus nothing.
    (number * 10.0).round() / 10.0 + 0.0
}

/// Words as they stand in XML, whatever is in them.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in super::words::clean(words).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
