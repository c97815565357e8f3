//! Takes cards with their places, gives SVG.

use constraints_wire::Status;

use super::canvas::Svg;
use super::layout::{HEIGHT, Layout, MARGIN, Rectangle, WIDTH};
use super::words::{clip, escaped, one_line, width_of, wrapped};
use super::{Band, Card, RiskCard, paint};
use crate::model::{Area, Level};

/// Widths of letters that fit into a line of a card, into its title and into its last line.
const CARD_LINE: f64 = 31.5;
const CARD_TITLE: f64 = 25.0;
const CHIPS: f64 = 37.5;
/// Pixels for the width of a letter, in the title of a band, in what is said, and in the last line of a card.
const TITLE: f64 = 9.9;
const SAYS: f64 = 7.2;
const TINY: f64 = 5.6;

const STYLE: &str = "text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1e293b }
.head { font-size: 20px; font-weight: 600 }
.band { font-size: 15px; font-weight: 600 }
.says { font-size: 12px; fill: #475569 }
.name { font-size: 12px; font-weight: 600 }
.small { font-size: 10.5px; fill: #475569 }
.tiny { font-size: 9px; fill: #64748b }
.edge { fill: none; stroke: #64748b; stroke-width: 1.4; marker-end: url(#arrow) }
.refines { stroke-dasharray: 5 3 }
.frees { font-size: 9px; font-weight: 700; fill: #b91c1c }
.mark { fill: none; stroke: #ffffff; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round }
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
            "what may go wrong, likelihood × impact, and what answers it",
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

/// How many constraints there are, where they stand, and what the colours mean.
fn head(svg: &mut Svg, layout: &Layout<'_>) {
    let constraints = layout.cards.len();
    let title = format!("{constraints} constraint{}", plural(constraints));
    svg.text("head", MARGIN, MARGIN + 20.0, &title);
    let counts = counts(&layout.cards);
    if !counts.is_empty() {
        let x = MARGIN + 12.5 * width_of(&title) + 24.0;
        let place =
            Rectangle { x, y: MARGIN + 9.0, width: (layout.width - MARGIN - x).min(300.0), height: 10.0 };
        bar(svg, &counts, constraints, place);
    }
    let mut x = MARGIN;
    let y = MARGIN + 45.0;
    for (status, count) in counts {
        paint::mark(svg, x + 7.0, y, status);
        let text = format!("{count} {}", paint::word(status));
        svg.text("says", x + 20.0, y + 4.0, &text);
        x += 38.0 + SAYS * width_of(&text);
    }
    for area in Area::ALL.into_iter().filter(|area| layout.cards.iter().any(|(card, _)| card.area == *area)) {
        svg.line(format_args!(
            r#"<rect x="{x}" y="{}" width="5" height="14" rx="2.5" fill="{}"/>"#,
            y - 7.0,
            paint::color(area)
        ));
        svg.text("says", x + 12.0, y + 4.0, area.name());
        x += 30.0 + SAYS * width_of(area.name());
    }
    let has_edges = layout.cards.iter().any(|(card, _)| !card.after.is_empty());
    if has_edges {
        svg.line(format_args!(r#"<path class="edge" d="M{x} {y} h24"/>"#));
        svg.text("says", x + 30.0, y + 4.0, "comes before");
    }
}

/// How many cards stand where, those that are there.
fn counts(cards: &[(&Card, Rectangle)]) -> Vec<(Status, usize)> {
    let count = |status| cards.iter().filter(|(card, _)| card.status == Some(status)).count();
    paint::STATUSES
        .into_iter()
        .map(|status| (status, count(status)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// A bar with a part for each status.
fn bar(svg: &mut Svg, counts: &[(Status, usize)], of: usize, place: Rectangle) {
    let Rectangle { x, y, width, height } = place;
    svg.line(format_args!(
        r##"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" fill="#e2e8f0"/>"##
    ));
    let mut from = x;
    for (status, count) in counts {
        let part = width * as_number(*count) / as_number(of.max(1));
        svg.line(format_args!(
            r#"<rect x="{from:.1}" y="{y}" width="{:.1}" height="{height}" rx="2" fill="{}"/>"#,
            (part - 1.5).max(1.5),
            paint::strong(*status)
        ));
        from += part;
    }
}

fn as_number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn draw_band(svg: &mut Svg, band: &Band, place: Rectangle) {
    outline(svg, place, band.area.map_or("#94a3b8", paint::color));
    let x = place.x + 18.0;
    let mut room = place.width - 36.0;
    if let Some(status) = band.status {
        let green = band.cards.iter().filter(|card| card.status == Some(Status::Green)).count();
        let text = format!("{green} of {} green", band.cards.len());
        let text = if band.cards.is_empty() { paint::word(status).to_owned() } else { text };
        let wide = SAYS * width_of(&text) + 34.0;
        pill(
            svg,
            &text,
            status,
            Rectangle { x: place.x + place.width - wide - 16.0, y: place.y + 8.0, width: wide, height: 18.0 },
        );
        room -= wide + 10.0;
    }
    svg.text("band", x, place.y + 24.0, &clip(&band.title, room / TITLE));
    let count = band.cards.len();
    let served = if count == 0 {
        "nothing of its own here".to_owned()
    } else {
        format!("{count} constraint{}", plural(count))
    };
    let says = one_line(&band.says);
    let says = if says.is_empty() { served } else { format!("{says} · {served}") };
    svg.text("says", x, place.y + 41.0, &clip(&says, (place.width - 36.0) / SAYS));
}

/// Where a goal stands, and how much of what serves it.
fn pill(svg: &mut Svg, text: &str, status: Status, place: Rectangle) {
    let Rectangle { x, y, width, height } = place;
    svg.line(format_args!(
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="9" fill="{}" stroke="{}"/>"#,
        paint::fill(status),
        paint::border(status)
    ));
    paint::mark(svg, x + 10.0, y + 9.0, status);
    svg.text("says", x + 22.0, y + 13.2, text);
}

fn outline(svg: &mut Svg, place: Rectangle, color: &str) {
    let Rectangle { x, y, width, height } = place;
    svg.line(format_args!(
        r##"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12" fill="#f8fafc" stroke="#e2e8f0"/>"##
    ));
    svg.line(format_args!(r#"<rect x="{x}" y="{y}" width="5" height="{height}" rx="2.5" fill="{color}"/>"#));
}

/// Fill and frame of what stands so.
fn painted(status: Option<Status>) -> (&'static str, &'static str) {
    status.map_or(("#ffffff", "#cbd5e1"), |status| (paint::fill(status), paint::border(status)))
}

fn draw_card(svg: &mut Svg, card: &Card, place: Rectangle) {
    let Rectangle { x, y, .. } = place;
    let (fill, border) = painted(card.status);
    svg.line(format_args!(
        r#"<g><title>{}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{fill}" stroke="{border}"/>"#,
        escaped(&format!("{}\n{}", card.id, card.says))
    ));
    svg.line(format_args!(
        r#"<rect x="{x}" y="{}" width="4" height="{}" rx="2" fill="{}"/>"#,
        y + 6.0,
        HEIGHT - 12.0,
        paint::color(card.area)
    ));
    svg.text("name", x + 13.0, y + 17.0, &clip(card.id.name(), CARD_TITLE));
    if let Some(status) = card.status {
        paint::mark(svg, x + WIDTH - 13.0, y + 13.0, status);
    }
    let says = wrapped(&card.says, CARD_LINE);
    for (line, below) in says.iter().zip([31.0, 43.5]) {
        svg.text("small", x + 13.0, y + below, line);
    }
    let level = if card.level == Level::Block { String::new() } else { format!(" · {}", card.level.name()) };
    let chips =
        if card.chips.is_empty() { String::new() } else { format!(" · {}", card.chips.join(" · ")) };
    let mut from = x + 13.0;
    let mut room = CHIPS;
    if card.frees > 0 {
        let frees = format!("frees {}", card.frees);
        svg.text("frees", from, y + 58.5, &frees);
        let wide = width_of(&frees) + 2.0;
        from += TINY * wide;
        room -= wide;
    }
    svg.text("tiny", from, y + 58.5, &clip(&format!("{}{level}{chips}", card.kind), room));
    svg.line(format_args!("</g>"));
}

fn draw_risk(svg: &mut Svg, risk: &RiskCard, place: Rectangle) {
    let Rectangle { x, y, .. } = place;
    let (fill, border) = match (risk.answers.is_empty(), risk.is_high) {
        (true, true) => ("#ffffff", "#dc2626"),
        (true, false) => ("#ffffff", "#f59e0b"),
        _ => painted(risk.status),
    };
    svg.line(format_args!(
        r#"<g><title>{}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="33" fill="{fill}" stroke="{border}"/>"#,
        escaped(&format!("{}\n{}", risk.id, risk.says))
    ));
    svg.text("name", x + 22.0, y + 17.0, &clip(risk.id.name(), CARD_TITLE));
    for (line, below) in wrapped(&risk.says, CARD_LINE - 4.0).iter().zip([31.0, 43.5]) {
        svg.text("small", x + 22.0, y + below, line);
    }
    if let Some(status) = risk.status {
        paint::mark(svg, x + WIDTH - 22.0, y + 16.0, status);
    }
    let answers = match risk.answers.as_slice() {
        [] => "no answer".to_owned(),
        names => names.join(", "),
    };
    svg.text("tiny", x + 22.0, y + 58.5, &clip(&format!("{} · {answers}", risk.rated), CHIPS - 5.0));
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

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
