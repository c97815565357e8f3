//! Fonts that a document embeds, in the Compact Font Format.

use ttf_parser::{cff, GlyphId, OutlineBuilder};

/// Counts the segments of an outline.
#[derive(Default)]
struct Segments(usize);

impl OutlineBuilder for Segments {
    fn move_to(&mut self, _x: f32, _y: f32) {}

    fn line_to(&mut self, _x: f32, _y: f32) {
        self.0 += 1;
    }

    fn quad_to(&mut self, _x1: f32, _y1: f32, _x: f32, _y: f32) {
        self.0 += 1;
    }

    fn curve_to(&mut self, _x1: f32, _y1: f32, _x2: f32, _y2: f32, _x: f32, _y: f32) {
        self.0 += 1;
    }

    fn close(&mut self) {}
}

/// How many segments the glyphs have that can be drawn, of the first 256 of a font.
pub fn outlines(font: &[u8]) -> Option<Vec<usize>> {
    let table = cff::Table::parse(font)?;
    let draw = |glyph| {
        let mut segments = Segments::default();
        table.outline(GlyphId(glyph), &mut segments).ok().map(|_| segments.0)
    };
    Some((0..256).filter_map(draw).collect())
}
