//! Progress of a run on stderr, for what takes longer than a second.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::run::Event;

/// Nothing is shown before.
const FIRST: Duration = Duration::from_secs(1);
/// How often a person sees something move.
const TICK: Duration = Duration::from_millis(100);
/// How often at most a line goes to a file or pipe.
const LINE: Duration = Duration::from_secs(5);

/// A run that goes on; dropping it ends the progress.
#[derive(Debug)]
pub(super) struct Watch {
    doing: Arc<Mutex<Doing>>,
    done: Option<Sender<()>>,
    watcher: Option<JoinHandle<()>>,
}

/// What the run is at.
#[derive(Debug, Default)]
struct Doing {
    what: String,
    tests: usize,
    reported: usize,
}

impl Watch {
    /// Begins with the build.
    pub(super) fn start() -> Self {
        let doing = Arc::new(Mutex::new(Doing { what: "compiling".to_owned(), ..Doing::default() }));
        let (done, over) = mpsc::channel::<()>();
        let shared = Arc::clone(&doing);
        let goes_on = move |time| over.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
        let watcher = std::thread::spawn(move || {
            if !goes_on(FIRST) {
                return;
            }
            let text = || shared.lock().unwrap_or_else(PoisonError::into_inner).text();
            if io::stderr().is_terminal() { spin(&text, &goes_on) } else { say(&text, &goes_on) }
        });
        Self { doing, done: Some(done), watcher: Some(watcher) }
    }

    /// Takes note of what happened.
    pub(super) fn see(&self, event: &Event) {
        self.doing.lock().unwrap_or_else(PoisonError::into_inner).see(event);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}

fn spin(text: &dyn Fn() -> String, goes_on: &dyn Fn(Duration) -> bool) {
    let bar = ProgressBar::new_spinner();
    loop {
        bar.set_message(text());
        bar.tick();
        if !goes_on(TICK) {
            break;
        }
    }
    bar.finish_and_clear();
}

fn say(text: &dyn Fn() -> String, goes_on: &dyn Fn(Duration) -> bool) {
    let mut said = String::new();
    loop {
        let now = text();
        if now != said {
            let _ = writeln!(io::stderr().lock(), "{now}");
            said = now;
        }
        if !goes_on(LINE) {
            return;
        }
    }
}

impl Doing {
    fn see(&mut self, event: &Event) {
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

    fn text(&self) -> String {
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
