use std::cell::Cell;
use std::rc::Rc;
struct Note(Rc<Cell<i32>>, bool);
impl Clone for Note {
    fn clone(&self) -> Note {
        assert!(!self.1, "no copy");
        note(false)
    }
}
impl Drop for Note {
    fn drop(&mut self) {
        assert_eq!(self.0.replace(0), 1, "dropped twice");
    }
}
/// Its mark lives for ever, so that a second drop finds it.
fn note(bad: bool) -> Note {
    let mark = Rc::new(Cell::new(1));
    for _ in 0..9 {
        std::mem::forget(mark.clone());
    }
    Note(mark, bad)
}
#[test]
fn every_note_is_dropped_once() {
    let mut track = subject::Track::new();
    track.insert(0, &[note(false), note(false), note(false)]);
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| track.insert(0, &[note(true)])));
    drop(track);
}
