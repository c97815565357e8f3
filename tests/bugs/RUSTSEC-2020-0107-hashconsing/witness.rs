use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;
use subject::Word;

struct Asked<T>(PhantomData<T>);

trait Not {
    const IS_SEND: bool = false;
    const IS_SYNC: bool = false;
}

impl<T> Not for Asked<T> {}

struct AskedSync<T>(PhantomData<T>);

impl<T> Not for AskedSync<T> {}

impl<T: Send> Asked<T> {
    const IS_SEND: bool = true;
}

impl<T: Sync> AskedSync<T> {
    const IS_SYNC: bool = true;
}

#[test]
fn words_that_stay() {
    assert!(Asked::<Word<String>>::IS_SEND && AskedSync::<Word<String>>::IS_SYNC);
    assert!(!Asked::<Word<Rc<str>>>::IS_SEND);
    assert!(!AskedSync::<Word<Rc<str>>>::IS_SYNC);
    assert!(!Asked::<Word<Cell<u8>>>::IS_SEND);
    assert!(!AskedSync::<Word<Cell<u8>>>::IS_SYNC);
}
