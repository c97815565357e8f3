//! Catches panics of the code under test without printing them.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

use constraints_wire::Place;

/// A caught panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panic {
    pub(crate) message: String,
    pub(crate) place: Option<Place>,
}

/// What a thread does about panics.
#[derive(Default)]
enum Watch {
    /// It is not inside [`catch`].
    #[default]
    Off,
    /// It is, and has not panicked.
    Quiet,
    /// It is, and has.
    Panicked(Panic),
}

thread_local! {
    static WATCH: RefCell<Watch> = const { RefCell::new(Watch::Off) };
}

/// Runs `body`; a panic inside it is returned instead of printed. One may stand inside another.
pub(crate) fn catch<R>(body: impl FnOnce() -> R) -> Result<R, Panic> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // Only panics on a thread that is inside `catch` are ours to swallow.
            // What it takes to say where it happened is not the call's.
            crate::armed::disarm();
            let ours = WATCH.with_borrow_mut(|watch| match watch {
                Watch::Off => false,
                Watch::Quiet | Watch::Panicked(_) => {
                    *watch = Watch::Panicked(describe(info));
                    true
                }
            });
            if !ours {
                before(info);
            }
        }));
    });
    // Of what is caught inside, what is around need not know.
    let around = WATCH.replace(Watch::Quiet);
    let result = catch_unwind(AssertUnwindSafe(body));
    let watched = WATCH.replace(around);
    result.map_err(|payload| match watched {
        Watch::Panicked(panic) => panic,
        // The payload came through `resume_unwind`, which calls no hook.
        Watch::Off | Watch::Quiet => Panic { message: text(&*payload), place: None },
    })
}

fn describe(info: &PanicHookInfo<'_>) -> Panic {
    let place =
        info.location().map(|at| Place { file: at.file().to_string(), line: at.line(), column: at.column() });
    Panic { message: text(info.payload()), place }
}

fn text(payload: &dyn Any) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_string())
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_panic_caught_inside_leaves_the_watch_around_it() {
        let panic = catch(|| {
            let _ = catch(|| panic!("inner"));
            panic!("outer")
        });
        assert_eq!(panic.expect_err("it panics").message, "outer");
    }

    #[test]
    fn message_and_place_of_a_panic_are_kept() {
        let panic = catch(|| panic!("no {}", 7)).expect_err("it panics");
        assert_eq!(panic.message, "no 7");
        assert!(panic.place.is_some_and(|place| place.file.ends_with("panics.rs")));
        assert_eq!(catch(|| 7), Ok(7));
    }

    #[test]
    fn a_caught_panic_does_not_hide_a_later_one_around_it() {
        let panic = catch(|| {
            assert!(catch(|| panic!("inner")).is_err());
            panic!("outer");
        });
        assert_eq!(panic.map_err(|panic| panic.message), Err::<(), _>("outer".to_string()));
    }
}
