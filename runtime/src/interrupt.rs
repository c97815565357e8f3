//! Interrupts a thread wherever it is, so that it meets others in the middle of what it does.
//!
//! Left alone, two threads seldom meet within the few instructions between a look and the change that relies on it.
//! A signal halts one at any instruction for a moment, in which the other goes on.

use std::thread::JoinHandle;
use std::time::Duration;

#[cfg(unix)]
mod by_signal {
    use std::os::unix::thread::JoinHandleExt as _;
    use std::sync::Once;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread::JoinHandle;

    /// One that nobody minds: it is ignored unless somebody asks for it.
    const SIGNAL: libc::c_int = libc::SIGURG;

    /// How long the next interruption takes, in nanoseconds.
    static LENGTH: AtomicU32 = AtomicU32::new(0);

    extern "C" fn halt(_: libc::c_int) {
        let length = LENGTH.load(Ordering::Relaxed);
        let length = libc::timespec { tv_sec: 0, tv_nsec: length.into() };
        // SAFETY: a signal handler may call it, and it only reads what it is given.
        unsafe { libc::nanosleep(&raw const length, std::ptr::null_mut()) };
    }

    /// Says what a thread does when it is interrupted.
    pub(super) fn prepare() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // SAFETY: all zeros are an action without flags, and the handler does only what handlers may do.
            unsafe {
                let mut action: libc::sigaction = std::mem::zeroed();
                action.sa_sigaction = halt as extern "C" fn(libc::c_int) as usize;
                // What waits for the system goes on waiting.
                action.sa_flags = libc::SA_RESTART;
                libc::sigaction(SIGNAL, &raw const action, std::ptr::null_mut());
            }
        });
        // Short interruptions are to be short.
        #[cfg(target_os = "linux")]
        // SAFETY: it sets a number of this thread.
        unsafe {
            libc::prctl(libc::PR_SET_TIMERSLACK, 1_000);
        }
    }

    pub(super) fn interrupt(thread: &JoinHandle<()>, nanoseconds: u32) {
        LENGTH.store(nanoseconds, Ordering::Relaxed);
        // SAFETY: a thread that can be joined may be sent a signal, also one that has ended.
        unsafe { libc::pthread_kill(thread.as_pthread_t(), SIGNAL) };
    }
}

/// This thread may be interrupted.
pub(crate) fn prepare() {
    #[cfg(unix)]
    by_signal::prepare();
}

/// Halts the thread for so long.
pub(crate) fn interrupt(thread: &JoinHandle<()>, length: Duration) {
    #[cfg(unix)]
    by_signal::interrupt(thread, length.subsec_nanos());
    #[cfg(not(unix))]
    let _ = (thread, length);
}
