#[path = "../constraints/support.rs"]
mod support;

#[test]
fn shares() {
    let votes = [i64::MIN, i64::MIN + 1, -7, -2, -1, 0, 1, 2, 3, 4, 6, 9, 1 << 40, i64::MAX - 1, i64::MAX];
    let all = [0, 1, 2, 3, 4, 6, 7, 9, 1 << 31, u32::MAX - 1, u32::MAX];
    for a in votes {
        for b in all {
            for c in votes {
                for d in all {
                    assert_eq!(subject::compare((a, b), (c, d)), support::compare((a, b), (c, d)), "{a}/{b} {c}/{d}");
                }
            }
        }
    }
}
