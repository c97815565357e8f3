use std::rc::Rc;
struct Row(Vec<Rc<u32>>, usize);
impl Iterator for Row {
    type Item = Rc<u32>;
    fn next(&mut self) -> Option<Rc<u32>> {
        if self.1 == 0 {
            return None; // fewer than it said
        }
        self.1 -= 1;
        self.0.pop()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}
impl ExactSizeIterator for Row {}
#[test]
fn every_cell_is_dropped_once() {
    let cell = Rc::new(1);
    std::mem::forget((cell.clone(), cell.clone(), cell.clone(), cell.clone()));
    let mut table = subject::Table::new();
    table.insert_row(0, vec![cell.clone(), cell.clone()].into_iter());
    let row = Row(vec![cell.clone(), cell.clone()], 1);
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| table.insert_row(0, row)));
    drop(table);
    assert!(Rc::strong_count(&cell) >= 5, "{}", Rc::strong_count(&cell));
}
