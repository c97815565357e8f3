//! Captions of pictures, in any language.

use unicode_bidi::BidiInfo;

/// The runs of text of each line of a caption, from left to right as they are seen.
///
/// A line has at most `width` characters.
pub fn set(caption: &str, width: usize) -> Vec<Vec<String>> {
    let bidi = BidiInfo::new(caption, None);
    let mut lines = Vec::new();
    for paragraph in &bidi.paragraphs {
        let text = &caption[paragraph.range.clone()];
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| paragraph.range.start + at).collect();
        for line in starts.chunks(width.max(1)) {
            let start = line[0];
            let end = line[line.len() - 1];
            let end = end + caption[end..].chars().next().map_or(0, char::len_utf8);
            let (_, runs) = bidi.visual_runs(paragraph, start..end);
            lines.push(runs.into_iter().map(|run| caption[run].to_owned()).collect());
        }
    }
    lines
}
