use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Notices that the user asks to stop, for as long as it lives.
pub(in crate::run) struct Interrupt {
    flags: &'static Flags,
}

/// Handlers are set once and stay; what they do depends on these.
struct Flags {
    asked: Arc<AtomicBool>,
    nobody_listens: Arc<AtomicBool>,
}

impl Interrupt {
    /// From here on a signal to stop is noticed instead of ending this process, so that nothing it started outlives it.
    pub(in crate::run) fn listen() -> Self {
        static FLAGS: OnceLock<Flags> = OnceLock::new();
        let flags = FLAGS.get_or_init(Flags::register);
        flags.asked.store(false, Ordering::SeqCst);
        flags.nobody_listens.store(false, Ordering::SeqCst);
        Self { flags }
    }

    /// Whether such a signal came.
    pub(in crate::run) fn asked(&self) -> bool {
        self.flags.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.flags.nobody_listens.store(true, Ordering::SeqCst);
    }
}

impl Flags {
    fn register() -> Self {
        let flags = Self {
            asked: Arc::new(AtomicBool::new(false)),
            nobody_listens: Arc::new(AtomicBool::new(false)),
        };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // Without a handler the signal ends this process as it always did: worse, not wrong.
            let _ = flag::register_conditional_default(signal, Arc::clone(&flags.nobody_listens));
            let _ = flag::register(signal, Arc::clone(&flags.asked));
        }
        flags
    }
}

/// The process becomes the head of a process group.
pub(super) fn lead_group(command: &mut Command) {
    command.process_group(0);
}

/// Ends the group at once. It may be gone already.
pub(super) fn kill_group(child: &mut Child, _ended: bool) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}
