use std::marker::PhantomData;

struct Asked<T>(PhantomData<T>);

trait Not {
    const IS_SEND: bool = false;
}

impl<T> Not for Asked<T> {}

impl<T: Send> Asked<T> {
    const IS_SEND: bool = true;
}

#[test]
fn send() {
    assert!(Asked::<subject::Row<'static, u8>>::IS_SEND);
    assert!(!Asked::<subject::Row<'static, std::rc::Rc<u8>>>::IS_SEND);
}
