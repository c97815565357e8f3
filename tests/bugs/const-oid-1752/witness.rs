#[test]
fn large_parts_come_back() {
    for number in ["1.3.6.1", "1.1.1.270000000", "2.5.4000000000"] {
        if let Some(bytes) = subject::pack(number) {
            assert_eq!(subject::unpack(&bytes).as_deref(), Some(number));
        }
    }
}
