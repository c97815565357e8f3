use std::mem::{size_of, ManuallyDrop, MaybeUninit};
use subject::Mailbox;

#[test]
fn nothing_of_the_key_stays() {
    let key: [u8; 32] = std::array::from_fn(|at| at as u8 * 7 + 3);
    let mut place = MaybeUninit::new(Box::new(ManuallyDrop::new(Mailbox::open(key))));
    let mailbox = unsafe { place.assume_init_mut() };
    assert_ne!(mailbox.address(), key);
    let bytes = |mailbox: &ManuallyDrop<Mailbox>| {
        let start = (mailbox as *const ManuallyDrop<Mailbox>).cast::<u8>();
        (0..size_of::<Mailbox>()).map(|at| unsafe { start.add(at).read_volatile() }).collect::<Vec<u8>>()
    };
    let holds = |bytes: Vec<u8>| bytes.windows(16).any(|part| key.windows(16).any(|of_key| part == of_key));
    assert!(holds(bytes(mailbox)), "an open mailbox needs its key");
    unsafe { ManuallyDrop::drop(mailbox) };
    assert!(!holds(bytes(mailbox)), "the key is still where the mailbox was");
}
