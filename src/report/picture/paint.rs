//! Takes areas and statuses, gives their colours and marks.

use constraints_wire::Status;

use super::canvas::Svg;
use crate::model::Area;

/// In the order in which they are counted.
pub(super) const STATUSES: [Status; 5] =
    [Status::Green, Status::Red, Status::Blocked, Status::Undecided, Status::Waived];

/// What a declaration is filled with that stands so.
pub fn fill(status: Status) -> &'static str {
    match status {
        Status::Green => "#f0fdf4",
        Status::Red => "#fef2f2",
        Status::Blocked => "#f1f5f9",
        Status::Undecided => "#fffbeb",
        Status::Waived => "#f0f9ff",
    }
}

/// What it is framed with.
pub(super) fn border(status: Status) -> &'static str {
    match status {
        Status::Green => "#86efac",
        Status::Red => "#f87171",
        Status::Blocked => "#94a3b8",
        Status::Undecided => "#fcd34d",
        Status::Waived => "#7dd3fc",
    }
}

/// The colour that stands for it, dark enough for white on it.
pub(super) fn strong(status: Status) -> &'static str {
    match status {
        Status::Green => "#15803d",
        Status::Red => "#dc2626",
        Status::Blocked => "#64748b",
        Status::Undecided => "#b45309",
        Status::Waived => "#0369a1",
    }
}

pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Green => "green",
        Status::Red => "red",
        Status::Blocked => "blocked",
        Status::Undecided => "undecided",
        Status::Waived => "waived",
    }
}

/// A disc with a mark in it, around this point. Marks are drawn, for not every font has them.
pub(super) fn mark(svg: &mut Svg, x: f64, y: f64, status: Status) {
    svg.line(format_args!(r#"<circle cx="{x}" cy="{y}" r="7" fill="{}"/>"#, strong(status)));
    let path = match status {
        Status::Green => "m-3.2 0.3 2.2 2.3 4.2-4.8",
        Status::Red => "m-2.6-2.6 5.2 5.2 m0-5.2 -5.2 5.2",
        Status::Blocked => "m-3.4 0 h6.8",
        Status::Undecided => "m-1.9-1.9 c0.2-2.6 3.9-2.4 3.9 0 c0 1.5 -2 1.5 -2 3.1 m0 1.9 v0.1",
        Status::Waived => "m-3.4 0.8 c1.2-2.6 2.3-2.2 3.4-0.8 c1.1 1.4 2.2 1.8 3.4-0.8",
    };
    svg.line(format_args!(r#"<path class="mark" d="M{x} {y} {path}"/>"#));
}

pub(super) fn color(area: Area) -> &'static str {
    match area {
        Area::Security => "#be123c",
        Area::Correctness => "#1d4ed8",
        Area::Stability => "#7c3aed",
        Area::Observability => "#0f766e",
        Area::Performance => "#d97706",
        Area::Process => "#475569",
    }
}
