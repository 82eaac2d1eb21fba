//! A drawing painted as PNG.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError};
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Shader, StrokeDash, Transform};

use super::drawing::{Anchor, Drawing, Point, Shape, Step, Stroke};
use super::font;
use super::ink::Ink;
use super::svg::LIFTED;

/// How wide pictures are, in pixels: as wide as messengers keep them.
pub const WIDTH: u32 = 1280;

/// Pictures are no higher than this, whatever is on them.
const HIGHEST: u32 = 4096;

/// A picture could not be painted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a picture could not be painted: {0}")]
pub struct Unpainted(String);

impl Drawing {
    /// The drawing as PNG, as large as [`size`](Drawing::size) says.
    ///
    /// # Errors
    /// Where there is not enough memory for it.
    pub fn png(&self) -> Result<Vec<u8>, Unpainted> {
        let (width, height) = size(self);
        let mut canvas = Pixmap::new(width, height).ok_or_else(|| Unpainted(format!("{width} × {height}")))?;
        let [red, green, blue] = Ink::Paper.rgb();
        canvas.fill(Color::from_rgba8(red, green, blue, 255));
        let scale = Transform::from_scale(width as f32 / self.width, height as f32 / self.height);
        for shape in self.parts.iter().flat_map(|part| &part.shapes) {
            paint(&mut canvas, shape, scale);
        }
        encoded(&canvas).map_err(|error| Unpainted(error.to_string()))
    }
}

/// How many pixels a drawing has.
pub fn size(drawing: &Drawing) -> (u32, u32) {
    let height = (WIDTH as f32 * drawing.height / drawing.width.max(1.0)).round();
    // What is no number becomes 0 here.
    (WIDTH, (height as u32).clamp(1, HIGHEST))
}

/// Without what could be seen through it: nothing can.
fn encoded(canvas: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let pixels: Vec<u8> = canvas.pixels().iter().flat_map(|it| [it.red(), it.green(), it.blue()]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, canvas.width(), canvas.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

fn paint(canvas: &mut Pixmap, shape: &Shape, scale: Transform) {
    let mut path = PathBuilder::new();
    let (fill, stroke) = match shape {
        Shape::Disc { at, radius, fill, stroke } => {
            path.push_circle(at.x, at.y, *radius);
            (*fill, *stroke)
        }
        Shape::Outline { steps, fill, stroke } => {
            steps.iter().for_each(|step| follow(step, &mut path));
            (*fill, *stroke)
        }
        Shape::Text { at, size, width, words, ink, anchor, lifted } => {
            let left = match anchor {
                Anchor::Left => at.x,
                Anchor::Middle => at.x - width / 2.0,
            };
            font::write(words, *size, Point::new(left, at.y), &mut path);
            let Some(path) = path.finish() else { return };
            if *lifted {
                line(canvas, &path, Stroke { ink: Ink::Paper, width: LIFTED, dashes: None }, scale);
            }
            canvas.fill_path(&path, &colour(*ink), FillRule::Winding, scale, None);
            return;
        }
    };
    let Some(path) = path.finish() else { return };
    if let Some(ink) = fill {
        canvas.fill_path(&path, &colour(ink), FillRule::Winding, scale, None);
    }
    if let Some(stroke) = stroke {
        line(canvas, &path, stroke, scale);
    }
}

fn follow(step: &Step, path: &mut PathBuilder) {
    match step {
        Step::Move(to) => path.move_to(to.x, to.y),
        Step::Line(to) => path.line_to(to.x, to.y),
        Step::Curve(past, to) => path.quad_to(past.x, past.y, to.x, to.y),
        Step::Close => path.close(),
    }
}

fn line(canvas: &mut Pixmap, path: &Path, stroke: Stroke, scale: Transform) {
    let dash = stroke.dashes.and_then(|(dash, gap)| StrokeDash::new(vec![dash, gap], 0.0));
    let (line_cap, line_join) = (LineCap::Round, LineJoin::Round);
    let line = tiny_skia::Stroke { width: stroke.width, dash, line_cap, line_join, ..tiny_skia::Stroke::default() };
    canvas.stroke_path(path, &colour(stroke.ink), &line, scale, None);
}

fn colour(ink: Ink) -> Paint<'static> {
    let [red, green, blue] = ink.rgb();
    let shader = Shader::SolidColor(Color::from_rgba8(red, green, blue, 255));
    Paint { shader, anti_alias: true, ..Paint::default() }
}
