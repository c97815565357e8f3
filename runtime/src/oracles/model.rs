use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when no sequence of steps leads to a state that contradicts the statement, nor to one that cannot be let go of.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn model(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "model", "a sound state after every step", &body));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::generate::integer;
    use crate::random::Random;
    use crate::search::{Body, End, Failure, execute, smaller};
    use crate::source::{Source, Values};
    use crate::tape::Tape;
    use crate::tracked::{Tracked, tracked};
    use crate::walk::alone;

    struct Quiet;

    impl crate::search::Slot for Quiet {
        fn begin(&mut self, _: u64) {}
        fn choices(&mut self, _: &[crate::tape::Choice]) {}
        fn ended(&mut self, _: std::time::Duration, _: bool) {}
        fn pause(&mut self) {}
    }

    /// The first failure of the body, made small, and how its steps look.
    fn broken(body: Body<'_>) -> Option<(Failure, Vec<String>)> {
        let dictionary = Dictionary::default();
        for index in 0..3_000 {
            let source = Source::fresh(Random::for_case(1, index), &dictionary, index, &[], false);
            let run = execute(body, source, &mut |_, _| {});
            if let End::Failed(failure) = run.end {
                let (tape, failure) =
                    smaller(body, run.tape, failure, Values::Hostile, &dictionary, &mut Quiet);
                return Some((failure, shown(body, tape)));
            }
        }
        None
    }

    fn shown(body: Body<'_>, tape: Tape) -> Vec<String> {
        let dictionary = Dictionary::default();
        let run = execute(body, Source::replaying(tape, &dictionary).showing(), &mut |_, _| {});
        run.values.into_iter().map(|shown| format!("{} = {}", shown.name, shown.text)).collect()
    }

    #[test]
    fn a_state_that_takes_several_steps_is_found_and_made_small() {
        let _alone = alone();
        // A ring of four places that forgets to turn round.
        let body = |case: &mut Case<'_>| {
            let (mut length, mut end) = (0_usize, 0_usize);
            case.walk(0, 100, &[]);
            while let Some(step) = case.next_step(&["push", "pop"])? {
                match step {
                    0 => {
                        let item = case.argument("item", integer::<u8>())?;
                        let given = case.step(|| {
                            if length < 4 {
                                (length, end) = (length + 1, end + 1);
                            }
                            item
                        })?;
                        case.gave(|| given.to_string());
                    }
                    _ => {
                        case.step(|| length = length.saturating_sub(1))?;
                    }
                }
                case.holds("end <= 4", end <= 4)?;
            }
            case.leave(())
        };
        let (failure, steps) = broken(&body).expect("it goes wrong");
        assert_eq!(failure.expected, "end <= 4");
        assert_eq!(failure.seen, "it is false after step 6, `push`");
        let (pushes, pops): (Vec<_>, Vec<_>) = steps.iter().partition(|step| step.contains("push(0) → 0"));
        assert_eq!((pushes.len(), pops.len()), (5, 1), "{steps:?}");
    }

    #[test]
    fn an_element_dropped_twice_after_a_panic_of_the_caller_is_found() {
        let _alone = alone();
        let truncate = |list: &mut std::mem::ManuallyDrop<Vec<Tracked>>, is_careful: bool| {
            // A list that drops its elements before it knows that they are gone.
            let start = list.as_mut_ptr();
            let length = list.len();
            if is_careful {
                // SAFETY: no elements are none.
                unsafe { list.set_len(0) };
            }
            for at in 0..length {
                // SAFETY: an element that is dropped twice is what the test is about; it owns nothing.
                unsafe { start.add(at).drop_in_place() };
            }
            // SAFETY: no elements are none.
            unsafe { list.set_len(0) };
        };
        let body = |case: &mut Case<'_>, is_careful: bool| {
            let mut list = std::mem::ManuallyDrop::new(Vec::new());
            case.walk(0, 100, &[]);
            while let Some(step) = case.next_step(&["push", "clear"])? {
                case.fuse();
                if step == 0 {
                    let item = case.argument("item", tracked())?;
                    case.dare(|| list.push(item))?;
                } else {
                    case.dare(|| truncate(&mut list, is_careful))?;
                }
            }
            case.leave_panicking(std::mem::ManuallyDrop::into_inner(list))
        };
        let (failure, steps) = broken(&|case: &mut Case<'_>| body(case, false)).expect("it goes wrong");
        assert_eq!(failure.seen, "an element was dropped twice");
        assert_eq!(steps.len(), 2, "{steps:?}");
        assert_eq!(steps[1], "step 2 = clear() → panicked: the code of the caller panicked");
        assert_eq!(broken(&|case: &mut Case<'_>| body(case, true)), None);
    }

    #[test]
    fn an_answer_is_compared_with_that_of_the_reference_as_far_as_both_can_be_seen() {
        let body = |given: &'static str, reference: &'static str| {
            move |case: &mut Case<'_>| {
                case.walk(1, 1, &[]);
                case.next_step(&["pop"])?;
                case.step(|| ())?;
                case.as_reference(given, reference)?;
                case.leave(())
            }
        };
        let _alone = alone();
        let (failure, _) = broken(&body("Some(1)", "None")).expect("it differs");
        assert_eq!(failure.expected, "`pop` gives what the reference gives");
        assert_eq!(failure.seen, "it gave Some(1), and the reference None");
        assert_eq!(broken(&body("Err(Full)", "Err(7)")), None);
        assert_eq!(broken(&body("", "7")), None);
    }
}
