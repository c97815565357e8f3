//! Tests end in any order, and the report is the same.

use constraints_wire::{Outcome, RedReason};
use proptest::prelude::*;

use super::{
    DECLARED, Ending, Event, declared, ended, options, passed, record, recorded, refused,
    something_of_everything,
};

fn all() -> Vec<Event> {
    let mut events = something_of_everything();
    // Contradictions too.
    events.extend(passed("parse_total"));
    events.push(recorded(record("normal_form", Outcome::Violated(RedReason::Crashed))));
    events.push(recorded(record("normal_form", Outcome::Violated(RedReason::Violated))));
    events.push(ended("normal_form", Ending::TimedOut));
    events.push(refused("same_host"));
    events.push(recorded(record("unknown", Outcome::Holds)));
    events
}

proptest! {
    #[test]
    fn events_in_any_order_give_the_same_report(events in Just(all()).prop_shuffle()) {
        let declared = declared(DECLARED);
        prop_assert_eq!(declared.report(&events, &options()), declared.report(&all(), &options()));
    }
}
