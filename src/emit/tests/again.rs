//! What was written before serves again where a test is made of the same, and nowhere else.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::emit::{Earlier, EmittedFile, Writer};
use crate::plan::{Case, Plan};

use super::{beside, emit, plan, plans};

/// The files of one test, after a run that gave `before`.
fn after(before: &[EmittedFile], case: Case) -> Vec<EmittedFile> {
    let mut earlier = Earlier::default();
    for file in before {
        for item in &file.items {
            earlier.add(item.origin, file.text[item.at.clone()].to_owned());
        }
    }
    let plan = Plan { cases: vec![case] };
    let mut writer = Writer::new(&earlier);
    writer.namespace(plan.cases[0].id.namespace(), &[&plan.cases[0]]);
    writer.finish(&plan, &beside("app", true))
}

/// The test at `at` of the sample, under the id of the first, so that nothing but what it does tells it apart.
fn case(at: usize) -> Case {
    let mut cases = plan(&plans::all()).cases;
    let Case { id, kind, says, target, .. } = &cases[0];
    let (id, kind, says, target) = (id.clone(), *kind, says.clone(), target.clone());
    Case { id, kind, says, target, ..cases.swap_remove(at) }
}

#[test]
fn all_items_of_a_run_serve_the_next() {
    for at in 0..plans::all().len() {
        let first = after(&[], case(at));
        let marked: Vec<EmittedFile> = first
            .iter()
            .map(|file| {
                let mut file = file.clone();
                for item in &file.items {
                    let text = file.text[item.at.clone()].replacen("fn ", "Fn ", 1);
                    file.text.replace_range(item.at.clone(), &text);
                }
                file
            })
            .collect();
        let again = after(&marked, case(at));
        assert_eq!(again, marked, "each item is taken over, marks and all");
        assert_ne!(again, first, "there are items");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_test_made_of_something_else_is_written_anew(one in any::<Index>(), other in any::<Index>()) {
        let all = plans::all().len();
        let (one, other) = (one.index(all), other.index(all));
        let before = after(&[], case(one));
        prop_assert_eq!(after(&before, case(other)), emit(&Plan { cases: vec![case(other)] }, &beside("app", true)));
    }
}
