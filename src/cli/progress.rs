//! A sign of life on stderr for what takes longer than a second.

#![expect(clippy::disallowed_methods, reason = "a sign of life goes past the results, to stderr")]

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

/// Nothing is shown before.
const FIRST: Duration = Duration::from_secs(1);
/// How often a person sees something move.
const TICK: Duration = Duration::from_millis(100);
/// How often at most a line goes to a file or pipe.
const LINE: Duration = Duration::from_secs(5);

/// Work that goes on; dropping it ends the sign.
#[derive(Debug)]
pub(super) struct Progress {
    doing: Arc<Mutex<String>>,
    done: Option<Sender<()>>,
    watcher: Option<JoinHandle<()>>,
}

impl Progress {
    /// `what` is shown if the work is not over within a second.
    pub(super) fn start(what: &str) -> Self {
        let doing = Arc::new(Mutex::new(what.to_owned()));
        let (done, over) = mpsc::channel::<()>();
        let shared = Arc::clone(&doing);
        let watcher = std::thread::spawn(move || {
            let text = || shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if goes_on(&over, FIRST) {
                if io::stderr().is_terminal() { spin(&text, &over) } else { say(&text, &over) }
            }
        });
        Self { doing, done: Some(done), watcher: Some(watcher) }
    }

    /// From now on, this is what is shown.
    pub(super) fn set(&self, text: String) {
        *self.doing.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}

fn goes_on(over: &Receiver<()>, time: Duration) -> bool {
    over.recv_timeout(time) == Err(RecvTimeoutError::Timeout)
}

fn spin(text: &dyn Fn() -> String, over: &Receiver<()>) {
    let bar = ProgressBar::new_spinner();
    loop {
        bar.set_message(text());
        bar.tick();
        if !goes_on(over, TICK) {
            break;
        }
    }
    bar.finish_and_clear();
}

fn say(text: &dyn Fn() -> String, over: &Receiver<()>) {
    let mut said = String::new();
    loop {
        let now = text();
        if now != said {
            let _ = writeln!(io::stderr().lock(), "{now}");
            said = now;
        }
        if !goes_on(over, LINE) {
            return;
        }
    }
}
