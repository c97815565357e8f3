use subject::Bids;

fn both_ends(bids: &Bids) {
    assert_eq!(bids.lowest(), bids.all().into_iter().min(), "{:?}", bids.all());
    assert_eq!(bids.highest(), bids.all().into_iter().max(), "{:?}", bids.all());
}

#[test]
fn the_highest_may_become_the_lowest() {
    let mut bids = Bids::new();
    for bid in [50, 60, 70, 80] {
        bids.add(bid);
        both_ends(&bids);
    }
    bids.change_highest(10);
    both_ends(&bids);
}

/// A long random walk, for the patched side.
#[test]
fn a_long_auction() {
    let mut bids = Bids::new();
    let mut x = 1u32;
    for _ in 0..30_000 {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        match x >> 29 {
            0 | 1 | 2 => bids.add(x >> 8 & 0xfff),
            3 => drop(bids.drop_lowest()),
            4 => drop(bids.take_highest()),
            _ => drop(bids.change_highest(x >> 8 & 0xfff)),
        }
        both_ends(&bids);
    }
}
