use std::sync::Barrier;
use std::time::{Duration, Instant};

use subject::Port;

/// In each round, two parts of the program load the port at the same time, which takes some time.
fn meet(files: [Option<u16>; 2], check: fn([Option<u16>; 2]) -> bool) {
    for round in 0..2_000 {
        let (port, barrier) = (Port::new(), Barrier::new(2));
        let load = |file: Option<u16>| {
            barrier.wait();
            port.or_load(|| {
                let start = Instant::now();
                while start.elapsed() < Duration::from_micros(30) {}
                file
            })
        };
        let loaded = std::thread::scope(|scope| files.map(|file| scope.spawn({ let load = &load; move || load(file) })).map(|part| part.join()));
        let [Ok(a), Ok(b)] = loaded else {
            panic!("round {round}: a part panicked");
        };
        assert!(check([a, b]), "round {round}: {a:?} {b:?}");
    }
}

#[test]
fn nothing_and_something() {
    meet([None, Some(8080)], |[a, b]| b == Some(8080) && (a.is_none() || a == b));
}

#[test]
fn nothing_twice() {
    meet([None, None], |[a, b]| a.is_none() && b.is_none());
}

#[test]
fn something_twice() {
    meet([Some(443), Some(8080)], |[a, b]| a.is_some() && a == b);
}
