//! Takes cards with their places, gives SVG.

use std::fmt::Write as _;

use constraints_wire::Status;

use super::layout::{HEIGHT, Layout, MARGIN, Rectangle, WIDTH};
use super::{Band, Card, RiskCard};
use crate::model::{Area, Level};

/// Characters that fit into a line of a card, and into the line of a band.
const CARD_LINE: f64 = 32.5;
const CARD_TITLE: f64 = 25.0;
const CHIPS: f64 = 39.0;

const STYLE: &str = "text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1e293b }
.head { font-size: 20px; font-weight: 600 }
.band { font-size: 15px; font-weight: 600 }
.says { font-size: 12px; fill: #475569 }
.name { font-size: 12px; font-weight: 600 }
.small { font-size: 10.5px; fill: #475569 }
.tiny { font-size: 9px; fill: #64748b }
.edge { fill: none; stroke: #64748b; stroke-width: 1.4; marker-end: url(#arrow) }
.refines { stroke-dasharray: 5 3 }
.conflicts { stroke: #dc2626; stroke-dasharray: 2 3; marker-end: none }
";

/// Writes the picture.
pub(super) fn draw(layout: &Layout<'_>) -> String {
    let mut svg = Svg(String::new());
    let (width, height) = (layout.width, layout.height);
    svg.line(format_args!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#
    ));
    svg.line(format_args!("<style>{STYLE}</style>"));
    svg.line(format_args!(
        r##"<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.8 L7.5 4 L0 7.2 z" fill="#64748b"/></marker></defs>"##
    ));
    svg.line(format_args!(r##"<rect width="{width}" height="{height}" fill="#ffffff"/>"##));
    head(&mut svg, layout);
    for (band, place) in &layout.bands {
        draw_band(&mut svg, band, *place);
    }
    if let Some(place) = layout.risks {
        outline(&mut svg, place, "#dc2626");
        svg.text("band", place.x + 18.0, place.y + 24.0, "risks");
        svg.text(
            "says",
            place.x + 18.0,
            place.y + 41.0,
            "what may go wrong, how many constraints answer it, and likelihood × impact",
        );
    }
    edges(&mut svg, layout);
    for (card, place) in &layout.cards {
        draw_card(&mut svg, card, *place);
    }
    for (risk, place) in &layout.risk_cards {
        draw_risk(&mut svg, risk, *place);
    }
    svg.0.push_str("</svg>\n");
    svg.0
}

/// What the colors mean.
fn head(svg: &mut Svg, layout: &Layout<'_>) {
    let constraints = layout.cards.len();
    svg.text("head", MARGIN, MARGIN + 20.0, &format!("{constraints} constraint{}", plural(constraints)));
    let mut x = MARGIN;
    let y = MARGIN + 38.0;
    for area in Area::ALL.into_iter().filter(|area| layout.cards.iter().any(|(card, _)| card.area == *area)) {
        svg.line(format_args!(
            r#"<rect x="{x}" y="{y}" width="12" height="12" rx="3" fill="{}"/>"#,
            color(area)
        ));
        svg.text("says", x + 18.0, y + 10.5, area.name());
        x += 40.0 + 7.0 * area.name().chars().map(width).sum::<f64>();
    }
    for status in [Status::Green, Status::Red, Status::Blocked, Status::Undecided, Status::Waived] {
        if layout.cards.iter().any(|(card, _)| card.status == Some(status)) {
            dot(svg, x + 6.0, y + 6.0, status);
            svg.text("says", x + 18.0, y + 10.5, word(status));
            x += 40.0 + 7.0 * word(status).chars().map(width).sum::<f64>();
        }
    }
}

fn draw_band(svg: &mut Svg, band: &Band, place: Rectangle) {
    outline(svg, place, band.area.map_or("#94a3b8", color));
    let x = place.x + 18.0;
    svg.text("band", x, place.y + 24.0, &band.title);
    let status = band.status.map(|status| format!(" · {}", word(status))).unwrap_or_default();
    let count = band.cards.len();
    let served = if count == 0 {
        "nothing of its own here".to_owned()
    } else {
        format!("{count} constraint{}", plural(count))
    };
    let separator = if band.says.is_empty() { "" } else { " · " };
    let fits = (place.width - 36.0) / 6.4;
    let says = clip(&format!("{}{separator}{served}{status}", one_line(&band.says)), fits);
    svg.text("says", x, place.y + 41.0, &says);
}

fn outline(svg: &mut Svg, place: Rectangle, color: &str) {
    let Rectangle { x, y, width, height } = place;
    svg.line(format_args!(
        r##"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12" fill="#f8fafc" stroke="#e2e8f0"/>"##
    ));
    svg.line(format_args!(r#"<rect x="{x}" y="{y}" width="5" height="{height}" rx="2.5" fill="{color}"/>"#));
}

fn draw_card(svg: &mut Svg, card: &Card, place: Rectangle) {
    let Rectangle { x, y, .. } = place;
    let (fill, border) = match card.status {
        Some(Status::Red) => ("#fef2f2", "#f87171"),
        Some(Status::Green) => ("#f0fdf4", "#86efac"),
        Some(Status::Blocked) => ("#f1f5f9", "#94a3b8"),
        Some(Status::Undecided) => ("#fffbeb", "#fcd34d"),
        Some(Status::Waived) => ("#f0f9ff", "#7dd3fc"),
        None => ("#ffffff", "#cbd5e1"),
    };
    svg.line(format_args!(
        r#"<g><title>{}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{fill}" stroke="{border}"/>"#,
        escaped(&format!("{}\n{}", card.id, card.says))
    ));
    svg.line(format_args!(
        r#"<rect x="{x}" y="{}" width="4" height="{}" rx="2" fill="{}"/>"#,
        y + 6.0,
        HEIGHT - 12.0,
        color(card.area)
    ));
    svg.text("name", x + 13.0, y + 17.0, &clip(card.id.name(), CARD_TITLE));
    if let Some(status) = card.status {
        dot(svg, x + WIDTH - 13.0, y + 13.0, status);
    }
    let says = wrapped(&card.says, CARD_LINE);
    for (line, below) in says.iter().zip([31.0, 43.5]) {
        svg.text("small", x + 13.0, y + below, line);
    }
    let level = if card.level == Level::Block { String::new() } else { format!(" · {}", card.level.name()) };
    let chips = if card.chips.is_empty() { String::new() } else { format!(" · {}", card.chips.join(" ")) };
    svg.text("tiny", x + 13.0, y + 58.5, &clip(&format!("{}{level}{chips}", card.kind), CHIPS));
    svg.line(format_args!("</g>"));
}

fn draw_risk(svg: &mut Svg, risk: &RiskCard, place: Rectangle) {
    let Rectangle { x, y, .. } = place;
    let border = match (risk.answers, risk.is_high) {
        (0, true) => "#dc2626",
        (0, false) => "#f59e0b",
        _ => "#cbd5e1",
    };
    svg.line(format_args!(
        r##"<g><title>{}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="33" fill="#ffffff" stroke="{border}"/>"##,
        escaped(&format!("{}\n{}", risk.id, risk.says))
    ));
    svg.text("name", x + 22.0, y + 17.0, &clip(risk.id.name(), CARD_TITLE));
    for (line, below) in wrapped(&risk.says, CARD_LINE - 4.0).iter().zip([31.0, 43.5]) {
        svg.text("small", x + 22.0, y + below, line);
    }
    let answers = match risk.answers {
        0 => "no answer".to_owned(),
        count => format!("{count} answer{}", plural(count)),
    };
    svg.text("tiny", x + 22.0, y + 58.5, &format!("{answers} · {}", risk.rated));
    svg.line(format_args!("</g>"));
}

/// Lines within a band, from what comes before to what comes after.
fn edges(svg: &mut Svg, layout: &Layout<'_>) {
    let holds = |band: Rectangle, place: Rectangle| {
        (band.x..band.x + band.width).contains(&place.x) && (band.y..band.y + band.height).contains(&place.y)
    };
    let band = |place: Rectangle| layout.bands.iter().position(|(_, band)| holds(*band, place));
    for (card, to) in &layout.cards {
        let sorts = [("", &card.after), (" refines", &card.refines), (" conflicts", &card.conflicts)];
        for (class, other) in sorts.iter().flat_map(|(class, ids)| ids.iter().map(move |id| (class, id))) {
            let Some(from) = layout.places.get(other).copied().filter(|from| band(*from) == band(*to)) else {
                continue;
            };
            let (start_x, start_y) = (from.x + WIDTH, from.y + HEIGHT / 2.0);
            let (end_x, end_y) = (to.x, to.y + HEIGHT / 2.0);
            let reach = ((end_x - start_x).abs() / 2.0).clamp(24.0, 90.0);
            svg.line(format_args!(
                r#"<path class="edge{class}" d="M{start_x} {start_y} C{} {start_y} {} {end_y} {end_x} {end_y}"/>"#,
                start_x + reach,
                end_x - reach
            ));
        }
    }
}

fn dot(svg: &mut Svg, x: f64, y: f64, status: Status) {
    let fill = match status {
        Status::Green => "#16a34a",
        Status::Red => "#dc2626",
        Status::Blocked => "#64748b",
        Status::Undecided => "#f59e0b",
        Status::Waived => "#0ea5e9",
    };
    svg.line(format_args!(r#"<circle cx="{x}" cy="{y}" r="5" fill="{fill}"/>"#));
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Green => "green",
        Status::Red => "red",
        Status::Blocked => "blocked",
        Status::Undecided => "undecided",
        Status::Waived => "waived",
    }
}

fn color(area: Area) -> &'static str {
    match area {
        Area::Security => "#be123c",
        Area::Correctness => "#1d4ed8",
        Area::Stability => "#7c3aed",
        Area::Observability => "#0f766e",
        Area::Performance => "#d97706",
        Area::Process => "#475569",
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

struct Svg(String);

impl Svg {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.0, "{line}");
    }

    fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        self.line(format_args!(r#"<text class="{class}" x="{x}" y="{y}">{}</text>"#, escaped(text)));
    }
}

/// Text as XML takes it; what XML has no place for is shown as missing.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How wide a letter is, in the widths of an average one. No font is asked: it is not known which one is used.
fn width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.5,
        'A'..='Z' => 1.2,
        letter if u32::from(letter) >= 0x1100 => 2.0,
        _ => 1.0,
    }
}

/// The text, cut so that it fits.
fn clip(text: &str, fits: f64) -> String {
    if text.chars().map(width).sum::<f64>() <= fits {
        return text.to_owned();
    }
    let mut used = 1.0;
    let mut kept: String = text
        .chars()
        .take_while(|letter| {
            used += width(*letter);
            used <= fits
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Two lines at most.
fn wrapped(text: &str, fits: f64) -> Vec<String> {
    let text = one_line(text);
    let mut first = String::new();
    let mut rest = text.as_str();
    for word in text.split(' ') {
        let longer = if first.is_empty() { word.to_owned() } else { format!("{first} {word}") };
        if longer.chars().map(width).sum::<f64>() > fits && !first.is_empty() {
            break;
        }
        first = longer;
        rest = text[first.len()..].trim_start();
    }
    let lines = [clip(&first, fits), clip(rest, fits)];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
