use std::marker::PhantomData;
use std::sync::MutexGuard;

struct Probe<T>(PhantomData<T>);
trait Otherwise {
    const SYNC: bool = false;
}
impl<T> Otherwise for Probe<T> {}
impl<T: Sync> Probe<T> {
    const SYNC: bool = true;
}

#[test]
fn a_setting_is_shared_only_with_a_value_that_may_be_handed_over() {
    assert!(Probe::<subject::Setting<String>>::SYNC);
    assert!(!Probe::<subject::Setting<MutexGuard<'static, u32>>>::SYNC, "what is no Send is handed to another thread");
}
