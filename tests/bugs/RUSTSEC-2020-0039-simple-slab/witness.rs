use std::rc::Rc;
#[test]
fn nothing_is_left() {
    let thing = Rc::new(5);
    {
        let mut shelf = subject::Shelf::new();
        for _ in 0..4 {
            shelf.put(thing.clone());
        }
        std::mem::forget(thing.clone()); // a spare count, so that a double drop does not free
        assert_eq!(Rc::strong_count(&thing), 6);
        std::mem::drop(shelf.take(3));
        assert_eq!(Rc::strong_count(&thing), 5);
        assert!(shelf.take(0).is_some());
        assert_eq!(shelf.len(), 2);
    }
    assert_eq!(Rc::strong_count(&thing), 2);
}
