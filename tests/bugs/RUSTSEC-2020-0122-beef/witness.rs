use std::cell::Cell;
use std::marker::PhantomData;

struct Probe<T>(PhantomData<T>);
trait Otherwise {
    const SEND: bool = false;
}
impl<T> Otherwise for Probe<T> {}
impl<T: Send> Probe<T> {
    const SEND: bool = true;
}

#[test]
fn a_borrowed_row_travels_only_with_shareable_items() {
    assert!(Probe::<subject::Row<String>>::SEND);
    assert!(!Probe::<subject::Row<Cell<u32>>>::SEND, "Row<Cell<u32>> can be sent to another thread");
}
