//! What a run is at, in words, from its events.

use crate::run::Event;

/// What a run is at.
#[derive(Debug)]
pub(super) struct Doing {
    what: String,
    tests: usize,
    reported: usize,
}

impl Doing {
    /// A run begins with the build.
    pub(super) fn start() -> Self {
        Self { what: "compiling".to_owned(), tests: 0, reported: 0 }
    }

    /// Takes note of what happened.
    pub(super) fn see(&mut self, event: &Event) {
        match event {
            Event::Cargo(line) => self.what = plain(line),
            Event::Refused(refusal) => self.what = format!("compiling without {}", refusal.id),
            Event::Running { tests } => {
                self.tests = *tests;
                "running".clone_into(&mut self.what);
            }
            Event::Recorded(_) => self.reported += 1,
            Event::Alone(id) => self.what = format!("running {id} alone"),
            Event::Stray(_) | Event::Ended { .. } => {}
        }
    }

    /// In words.
    pub(super) fn text(&self) -> String {
        match self.tests {
            0 => self.what.clone(),
            tests => format!("{}: {} of {tests} tests have reported", self.what, self.reported.min(tests)),
        }
    }
}

/// Cargo's line without its indentation, and short enough not to wrap.
fn plain(line: &str) -> String {
    line.trim().chars().filter(|character| !character.is_control()).take(70).collect()
}
