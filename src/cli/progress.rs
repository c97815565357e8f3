//! A sign of life on stderr for what takes longer than a second.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

use super::Output;

/// Work that goes on; dropping it ends the sign.
#[derive(Debug)]
pub(super) struct Progress {
    done: Option<Sender<()>>,
    watcher: Option<JoinHandle<()>>,
}

impl Progress {
    /// `what` is shown if the work is not over within a second.
    pub(super) fn start(output: &Output, what: &'static str) -> Self {
        let (done, over) = mpsc::channel::<()>();
        let watched = output.is_watched();
        let watcher = std::thread::spawn(move || {
            if over.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            if !watched {
                eprintln!("{what}");
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(what);
            bar.enable_steady_tick(Duration::from_millis(100));
            let _ = over.recv();
            bar.finish_and_clear();
        });
        Self { done: Some(done), watcher: Some(watcher) }
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
