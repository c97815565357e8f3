#[test]
fn far_dates_are_refused() {
    assert_eq!(subject::sent_at("Tue, 1 Jul 2003 10:52:37 +0200"), Ok(1_057_049_557));
    let _ = subject::sent_at("31 DEC 262143 23:59 -2359");
    let _ = subject::sent_at("1 Jan 262144 23:59 -2359");
}
