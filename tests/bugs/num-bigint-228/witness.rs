#[test]
fn numbers_on_the_edge_are_multiplied() {
    assert_eq!(subject::product(&[2, 0], &[3]), [6, 0]);
    for words in [65, 66, 96, 128, 130, 192, 256, 257, 300, 400] {
        let left = vec![0xff; words * 8];
        for other in 1..=words {
            let right = vec![0xff; other * 8];
            assert!(subject::product(&left, &right).len() == left.len() + right.len());
        }
        let mut holes = vec![0; words * 8];
        for place in 0..words {
            holes[place * 8] = 0xff;
            subject::product(&holes, &left);
            subject::product(&holes, &holes.clone());
            if place % 3 == 0 {
                holes[place * 8] = 0;
            }
        }
    }
}
