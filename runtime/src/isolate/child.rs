//! The process that runs the code under test: reads one job, does it, writes what came of it.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::Test;
use super::exchange::{SlotFile, get, put};
use crate::answers::Given;
use crate::dictionary::Dictionary;
use crate::environment::Environment;
use crate::hunt;
use crate::panics::{Panic, catch};
use crate::search::{self, End, Failure, Plan};
use crate::source::Source;
use crate::tape::Tape;

/// Stack of the thread that runs the code under test.
///
/// So large that an input of a few kilobytes, however deeply nested, does not exhaust it even where every level takes
/// the frames of an unoptimized build: what overflows it recurses without end, or nearly so. How much stack an
/// input takes is the business of kinds that measure it.
const STACK: usize = 512 * 1024 * 1024;
/// Memory the child may map.
#[cfg(unix)]
const MEMORY: u64 = 8 << 30;

/// What this process ends with: it has judged nothing, so it must never look like a test that passed.
const DONE: i32 = 86;

/// Does the job in `folder` and ends the process.
///
/// # Panics
/// If the folder holds no job: then somebody else than a judge has set the variable that names it.
pub(super) fn work(test: &Test<'_>, folder: &Path) -> ! {
    limit();
    let Some(job) = take(folder) else {
        panic!(
            "`{}` names no job; it is set by a test for the process it starts, and by nobody else",
            super::JOB_VARIABLE
        )
    };
    let read = |name| get(folder, name).unwrap_or_default();
    let dictionary = Dictionary::from_json(&read("dictionary"), &read("near"));
    if let Some(gauge) = test.gauge.as_ref().filter(|_| job["strict"] == true) {
        gauge.be_strict();
    }
    let worker = std::thread::Builder::new().name(test.id.to_string()).stack_size(STACK);
    let said = std::thread::scope(|scope| {
        let thread = worker.spawn_scoped(scope, || {
            be_alone();
            catch(|| perform(test, folder, &job["job"], &dictionary)).unwrap_or_else(|panic| broken(&panic))
        });
        thread.ok().and_then(|thread| thread.join().ok())
    });
    if let Some(said) = said {
        // Without a verdict the judge takes the process for dead, which is then true.
        let _ = put(folder, "verdict", &json!({ "ticket": job["ticket"], "said": said }));
    }
    std::process::exit(DONE)
}

/// What is said of a panic that is none of the code under test.
fn broken(panic: &Panic) -> Value {
    let place = panic.place.as_ref();
    let at = place.map_or(String::new(), |place| format!(" at {}:{}", place.file, place.line));
    json!({ (super::BROKEN): format!("{}{at}", panic.message) })
}

/// Reads the job and takes it away with all that names it, before any code under test can look for it:
/// who knows the ticket in it can write a verdict, and code must not behave only while it is watched.
fn take(folder: &Path) -> Option<Value> {
    let job = get(folder, "job")?;
    std::fs::remove_file(folder.join("job")).ok()?;
    // SAFETY: the harness runs this one test only and waits for it, so no other thread uses the environment.
    unsafe { std::env::remove_var(super::JOB_VARIABLE) };
    Some(job)
}

/// Waits until the harness waits for this test: what is counted of a process is to be the test's alone.
#[cfg(target_os = "linux")]
fn be_alone() {
    let stat = format!("/proc/self/task/{}/stat", std::process::id());
    let sleeps = || {
        let stat = std::fs::read_to_string(&stat).ok()?;
        // Behind the name, which may hold anything.
        Some(stat.rsplit_once(')')?.1.trim_start().starts_with('S'))
    };
    for _ in 0..2_000 {
        if sleeps() != Some(false) {
            return;
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

#[cfg(not(target_os = "linux"))]
fn be_alone() {}

fn perform(test: &Test<'_>, folder: &Path, job: &Value, dictionary: &Dictionary) -> Value {
    match job["do"].as_str() {
        Some("search") => search_cases(test, folder, job, dictionary),
        Some("climb") => climb(test, folder, job, dictionary),
        Some("give") => give(test, folder, job, dictionary),
        Some("try") => try_tapes(test, folder, job, dictionary),
        _ => explain(test, folder, job, dictionary),
    }
}

fn search_cases(test: &Test<'_>, folder: &Path, job: &Value, dictionary: &Dictionary) -> Value {
    let plan = Plan {
        seed: job["seed"].as_u64().unwrap_or(0),
        first: job["first"].as_u64().unwrap_or(0),
        end: job["end"].as_u64().unwrap_or(0),
        time: Duration::from_millis(job["millis"].as_u64().unwrap_or(0)),
        values: test.values,
        samples_from: job["samples"].as_u64(),
        presses: test.presses,
    };
    if let Err(why) = (test.ready)() {
        return json!({ "unmeasured": why });
    }
    let Ok(mut slot) = SlotFile::create(folder) else { return Value::Null };
    let mut tell = |tape: &Tape, failure: &Failure| {
        let _ =
            put(folder, "found", &json!({ "tape": search::tape_text(tape), "failure": failure.to_json() }));
    };
    let found = match &test.gauge {
        Some(gauge) => {
            if let Err(why) = gauge.meter.ready() {
                return json!({ "unmeasured": why });
            }
            let avoid = texts_of(&job["avoid"]);
            hunt::hunt(test.body, gauge, &plan, &avoid, dictionary, &mut slot, &mut tell)
        }
        None => search::search(test.body, &plan, dictionary, &mut slot, &mut tell),
    };
    let failed = |found: Option<(Tape, Failure)>| {
        found.map(|(tape, failure)| json!({ "tape": search::tape_text(&tape), "failure": failure.to_json() }))
    };
    let kept: Vec<String> = found.kept.iter().map(|tape| search::tape_text(tape)).collect();
    json!({
        "tally": found.tally,
        "failure": failed(found.failure),
        "vacuous": failed(found.vacuous),
        "kept": kept,
        "surroundings": found.across.surroundings,
        "fresh": found.across.fresh,
        "after": found.after.map(|after| after.as_millis() as u64),
        "rejections": found.rejections,
        "remark": found.remark.map(|(_, said)| said),
        "unconfirmed": found.unconfirmed,
        "elsewhere": found.elsewhere.map(|(index, environment)| elsewhere(index, &environment)),
    })
}

/// Looks at small members of the family of a tape that did not come back.
fn climb(test: &Test<'_>, folder: &Path, job: &Value, dictionary: &Dictionary) -> Value {
    let Ok(mut slot) = SlotFile::create(folder) else { return Value::Null };
    let found = test
        .gauge
        .as_ref()
        .zip(tapes(job).into_iter().next())
        .and_then(|(gauge, tape)| hunt::small_members(test.body, gauge, &tape, dictionary, &mut slot));
    match found {
        Some((tape, failure)) => json!({ "tape": search::tape_text(&tape), "failure": failure.to_json() }),
        None => json!({ "tape": null }),
    }
}

/// Tries tapes in order, until one fails in the way asked for (`"any"` way, or with this key).
fn try_tapes(test: &Test<'_>, folder: &Path, job: &Value, dictionary: &Dictionary) -> Value {
    let wanted = job["failing"].as_str();
    let Ok(mut slot) = SlotFile::create(folder) else { return Value::Null };
    for (at, tape) in tapes(job).into_iter().enumerate() {
        let run = search::replay(test.body, tape, at as u64, test.values, dictionary, &mut slot);
        let failure = match run.end {
            End::Failed(failure) => failure,
            // A smaller case is looked for among those of this process.
            End::Elsewhere(environment) if wanted == Some("any") => {
                return json!({ "elsewhere": elsewhere(at as u64, &environment) });
            }
            _ => continue,
        };
        if wanted == Some("any") || wanted == Some(&failure.key()) {
            return json!({ "at": at, "tape": search::tape_text(&run.tape), "failure": failure.to_json() });
        }
    }
    json!({ "at": null })
}

/// Runs tapes in order and says what each gave.
fn give(test: &Test<'_>, folder: &Path, job: &Value, dictionary: &Dictionary) -> Value {
    let Ok(mut slot) = SlotFile::create(folder) else { return Value::Null };
    let given = tapes(job).into_iter().enumerate().map(|(at, tape)| {
        let run = search::replay(test.body, tape, at as u64, test.values, dictionary, &mut slot);
        let seen = match &run.end {
            End::Failed(failure) => failure.seen.as_str(),
            _ => "",
        };
        run.given.unwrap_or_else(|| Given::without_answer(seen)).to_json()
    });
    Value::Array(given.collect())
}

/// Runs one tape once more and writes how everything looks; the values already before the code under test runs.
fn explain(test: &Test<'_>, folder: &Path, job: &Value, dictionary: &Dictionary) -> Value {
    let tape = tapes(job).into_iter().next().unwrap_or_default();
    let source = Source::replaying(tape, dictionary).mixing(test.values).grown().showing();
    let run = search::execute(test.body, source, &mut |_, values| {
        let _ = put(folder, "values", &json!(values));
    });
    let failure = match run.end {
        End::Failed(failure) => failure.to_json(),
        End::Elsewhere(environment) => return json!({ "elsewhere": elsewhere(0, &environment) }),
        _ => Value::Null,
    };
    json!({ "values": run.values, "details": run.details, "failure": failure })
}

/// Where a job has to go on: from `index`, in a process with these variables.
fn elsewhere(index: u64, environment: &Environment) -> Value {
    json!({ "index": index, "environment": environment.to_json() })
}

fn tapes(job: &Value) -> Vec<Tape> {
    texts_of(&job["tapes"])
}

fn texts_of(tapes: &Value) -> Vec<Tape> {
    let texts = tapes.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.filter_map(search::tape_from_text).collect()
}

/// The child dies with its judge, leaves no core file, and cannot take all memory of the machine.
#[cfg(unix)]
fn limit() {
    let set = |resource, most: u64| {
        let limit = libc::rlimit { rlim_cur: most as libc::rlim_t, rlim_max: most as libc::rlim_t };
        // SAFETY: `limit` is a valid structure that the call only reads.
        unsafe { libc::setrlimit(resource, &raw const limit) };
    };
    set(libc::RLIMIT_CORE, 0);
    set(libc::RLIMIT_AS, MEMORY);
    #[cfg(target_os = "linux")]
    // SAFETY: asks for a signal when the parent thread ends; takes no pointers.
    unsafe {
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
    }
}

#[cfg(not(unix))]
fn limit() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_that_is_not_of_the_code_under_test_is_told_with_its_place() {
        let said = catch(|| panic!("odd")).map_or_else(|panic| broken(&panic), |()| Value::Null);
        let told = said[super::super::BROKEN].as_str().expect("it is told");
        assert!(told.starts_with("odd at ") && told.contains("child.rs:"), "{told}");
    }
}
