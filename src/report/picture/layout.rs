//! Takes cards, gives each its place; it draws nothing.
//!
//! Within a band a card stands one column to the right of the last of its prerequisites there. Cards without any
//! edge in their band fill the rows below, side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::{Band, Card, Cards, RiskCard};
use crate::model::Id;

/// Size of a card, and the room between cards, in pixels.
pub(super) const WIDTH: f64 = 232.0;
pub(super) const HEIGHT: f64 = 66.0;
/// As wide as what lies between cards of two bands, so that the columns of all bands are the same.
const GAP_X: f64 = 2.0 * INSET + MARGIN;
const GAP_Y: f64 = 14.0;
/// Room around everything, and inside a band.
pub(super) const MARGIN: f64 = 24.0;
const INSET: f64 = 18.0;
/// Height of the title of a band.
const TITLE: f64 = 54.0;
/// Height of the head of the picture.
const HEAD: f64 = 66.0;
/// Cards side by side, where no edge says otherwise.
const ACROSS: usize = 4;
/// Columns of the picture, at least and at most, where no band is wider.
const COLUMNS: std::ops::RangeInclusive<usize> = 4..=10;
/// A band has room for its title.
const NARROWEST: usize = 2;
/// Sweeps that bring cards to the height of what they are tied to.
const SWEEPS: usize = 4;

/// A corner and a size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rectangle {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Everything with its place.
pub(super) struct Layout<'c> {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) bands: Vec<(&'c Band, Rectangle)>,
    pub(super) cards: Vec<(&'c Card, Rectangle)>,
    pub(super) risks: Option<Rectangle>,
    pub(super) risk_cards: Vec<(&'c RiskCard, Rectangle)>,
    /// Where each card of a band went.
    pub(super) places: BTreeMap<&'c Id, Rectangle>,
}

/// Places each band, in turn, as high as it fits and then as far to the left, and the risks below them all.
pub(super) fn lay_out(cards: &Cards) -> Layout<'_> {
    let grids: Vec<Vec<(&Card, usize, usize)>> = cards.bands.iter().map(|band| grid(&band.cards)).collect();
    let across = |grid: &Vec<(&Card, usize, usize)>| {
        grid.iter().map(|(_, column, _)| column + 1).max().unwrap_or(0).max(NARROWEST)
    };
    // Cards are three times as wide as high, so that this makes about a square of them.
    let count = grids.iter().map(Vec::len).sum::<usize>();
    let square = COLUMNS.into_iter().find(|side| side * side * 3 >= count * 2).unwrap_or(*COLUMNS.end());
    let columns = grids.iter().map(across).max().unwrap_or(0).max(square);
    // Where each column of the picture is free from.
    let mut free = vec![MARGIN + HEAD; columns];
    let mut layout = Layout {
        width: 0.0,
        height: 0.0,
        bands: Vec::new(),
        cards: Vec::new(),
        risks: None,
        risk_cards: Vec::new(),
        places: BTreeMap::new(),
    };
    for (band, grid) in cards.bands.iter().zip(grids) {
        let wide = across(&grid);
        let top_at = |left: usize| free[left..left + wide].iter().copied().fold(0.0, f64::max);
        let tops = (0..=columns - wide).map(|left| (top_at(left), left));
        let (y, left) =
            tops.min_by(|(a, left), (b, right)| a.total_cmp(b).then(left.cmp(right))).unwrap_or_default();
        let rows = grid.iter().map(|(_, _, row)| row + 1).max().unwrap_or(0);
        let outline =
            Rectangle { x: MARGIN + units(left), y, width: band_width(wide), height: band_height(rows) };
        free[left..left + wide].fill(y + outline.height + MARGIN);
        layout.bands.push((band, outline));
        for (card, column, row) in grid {
            let place = cell(outline, column, row);
            layout.cards.push((card, place));
            layout.places.insert(&card.id, place);
        }
    }
    let mut top = free.into_iter().fold(0.0, f64::max);
    let used = layout.bands.iter().map(|(_, band)| band.x + band.width).fold(0.0, f64::max);
    let columns = (1..columns).find(|columns| MARGIN + band_width(*columns) >= used).unwrap_or(columns);
    layout.width = band_width(columns) + 2.0 * MARGIN;
    if !cards.risks.is_empty() {
        let rows = cards.risks.len().div_ceil(columns);
        let outline = Rectangle { x: MARGIN, y: top, width: band_width(columns), height: band_height(rows) };
        layout.risks = Some(outline);
        let placed = cards.risks.iter().enumerate();
        layout.risk_cards =
            placed.map(|(at, risk)| (risk, cell(outline, at % columns, at / columns))).collect();
        top += outline.height + MARGIN;
    }
    layout.height = top;
    layout
}

/// Width of columns of the picture, a margin at the end of each.
fn units(columns: usize) -> f64 {
    f64::from(u32::try_from(columns).unwrap_or(u32::MAX)) * (WIDTH + 2.0 * INSET + MARGIN)
}

fn band_width(columns: usize) -> f64 {
    units(columns) - MARGIN
}

fn band_height(rows: usize) -> f64 {
    TITLE + if rows == 0 { 0.0 } else { step_y(rows) - GAP_Y + INSET }
}

fn cell(band: Rectangle, column: usize, row: usize) -> Rectangle {
    let (x, y) = (band.x + INSET + step_x(column), band.y + TITLE + step_y(row));
    Rectangle { x, y, width: WIDTH, height: HEIGHT }
}

fn step_x(columns: usize) -> f64 {
    f64::from(u32::try_from(columns).unwrap_or(u32::MAX)) * (WIDTH + GAP_X)
}

fn step_y(rows: usize) -> f64 {
    f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) * (HEIGHT + GAP_Y)
}

/// Column and row of each card in its band.
fn grid(cards: &[Card]) -> Vec<(&Card, usize, usize)> {
    let index: BTreeMap<&Id, usize> = cards.iter().map(|card| &card.id).zip(0..).collect();
    let before: Vec<Vec<usize>> = cards
        .iter()
        .map(|card| card.after.iter().chain(&card.refines).filter_map(|id| index.get(id).copied()).collect())
        .collect();
    let mut tied = vec![false; cards.len()];
    for (at, edges) in before.iter().enumerate() {
        for other in edges.iter().filter(|other| **other != at) {
            tied[at] = true;
            tied[*other] = true;
        }
    }
    let ranks = ranks(&before);
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for at in (0..cards.len()).filter(|at| tied[*at]) {
        columns.resize_with(columns.len().max(ranks[at] + 1), Vec::new);
        columns[ranks[at]].push(at);
    }
    let rows = rows(&columns, &before);
    let first_free = rows.values().map(|row| row + 1).max().unwrap_or(0);
    let free_cards = tied.iter().filter(|tied| !**tied).count();
    let square = (1..ACROSS).find(|side| side * side >= free_cards).unwrap_or(ACROSS);
    let across = columns.len().max(square);
    let mut free = 0..;
    let place = |(at, card)| {
        if let Some(row) = rows.get(&at) {
            return (card, ranks[at], *row);
        }
        let place: usize = free.next().unwrap_or_default();
        (card, place % across, first_free + place / across)
    };
    cards.iter().enumerate().map(place).collect()
}

/// How many steps stand before each card at most; an edge in a circle counts for nothing.
fn ranks(before: &[Vec<usize>]) -> Vec<usize> {
    let mut ranks = vec![0; before.len()];
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); before.len()];
    for (at, edges) in before.iter().enumerate() {
        for other in edges {
            after[*other].push(at);
        }
    }
    let mut ready: Vec<usize> = (0..before.len()).filter(|at| waits[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        for next in &after[at] {
            ranks[*next] = ranks[*next].max(ranks[at] + 1);
            waits[*next] -= 1;
            if waits[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    ranks
}

/// A row for every card of every column: near the rows of what it waits for, no two of a column in one row.
fn rows(columns: &[Vec<usize>], before: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    for column in columns {
        rows.extend(column.iter().copied().zip(0..));
    }
    let mut after: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, edges) in before.iter().enumerate() {
        for other in edges {
            after.entry(*other).or_default().push(at);
        }
    }
    for sweep in 0..SWEEPS {
        let towards = |at: usize| if sweep % 2 == 0 { before.get(at) } else { after.get(&at) };
        let mut order: Vec<&Vec<usize>> = columns.iter().collect();
        if sweep % 2 == 1 {
            order.reverse();
        }
        for column in order {
            let mut wanted: Vec<(usize, usize)> = column
                .iter()
                .map(|at| {
                    let mut ties: Vec<usize> =
                        towards(*at).into_iter().flatten().filter_map(|it| rows.get(it).copied()).collect();
                    ties.sort_unstable();
                    (ties.get(ties.len() / 2).copied().unwrap_or(rows[at]), *at)
                })
                .collect();
            wanted.sort_unstable();
            let mut next = 0;
            for (row, at) in wanted {
                next = row.max(next);
                rows.insert(at, next);
                next += 1;
            }
        }
    }
    // Rows that nothing is left in are taken out.
    let used: BTreeSet<usize> = rows.values().copied().collect();
    let number: BTreeMap<usize, usize> = used.into_iter().zip(0..).collect();
    rows.into_iter().map(|(at, row)| (at, number[&row])).collect()
}
