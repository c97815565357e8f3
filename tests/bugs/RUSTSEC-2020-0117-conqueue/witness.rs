use std::marker::PhantomData;
use std::rc::Rc;
use subject::{Drawer, Slot};

struct Probe<T>(PhantomData<T>);
trait Otherwise {
    const SEND: bool = false;
}
impl<T> Otherwise for Probe<T> {}
impl<T: Send> Probe<T> {
    const SEND: bool = true;
}

#[test]
fn a_letterbox_travels_only_with_letters_that_may() {
    assert!(Probe::<Slot<String>>::SEND && Probe::<Drawer<String>>::SEND);
    assert!(!Probe::<Slot<Rc<u32>>>::SEND, "a slot for Rc can be sent to another thread");
    assert!(!Probe::<Drawer<Rc<u32>>>::SEND, "a drawer for Rc can be sent to another thread");
}
