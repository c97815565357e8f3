use std::collections::HashSet;
use subject::Price;

#[test]
fn equal_prices_are_one_key() {
    let a = Price::read("2.5").unwrap();
    let b = Price::read("2.50").unwrap();
    assert_eq!(a, b);
    let mut both = 0;
    for _ in 0..20 {
        both += [a, b].into_iter().collect::<HashSet<_>>().len();
    }
    assert_eq!(both, 20, "equal prices are two keys");
}
