//! A sign of life on stderr for what takes longer than a second.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

/// Work that goes on; dropping it ends the sign.
#[derive(Debug)]
pub(super) struct Progress {
    done: Option<Sender<()>>,
    watcher: Option<JoinHandle<()>>,
}

impl Progress {
    /// `what` is shown if the work is not over within a second.
    pub(super) fn start(what: &'static str) -> Self {
        let (done, over) = mpsc::channel::<()>();
        let shown = std::thread::spawn(move || {
            if over.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            if !io::stderr().is_terminal() {
                let _ = writeln!(io::stderr().lock(), "{what}");
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(what);
            bar.enable_steady_tick(Duration::from_millis(100));
            let _ = over.recv();
            bar.finish_and_clear();
        });
        Self { done: Some(done), watcher: Some(shown) }
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
