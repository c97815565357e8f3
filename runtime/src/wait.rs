use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Waits on this thread for what a future comes to.
///
/// Brings no timers and no I/O: a target that needs those of a certain runtime is called with `call`, inside it.
/// A future that nothing wakes is waited for until the test runs out of time.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_that_is_woken_later_comes_to_its_end() {
        let mut polls = 0;
        let later = std::future::poll_fn(|context| {
            polls += 1;
            let waker = context.waker().clone();
            if polls == 3 {
                return Poll::Ready("done");
            }
            thread::spawn(move || waker.wake());
            Poll::Pending
        });
        assert_eq!(block_on(later), "done");
        assert_eq!(polls, 3);
    }
}
