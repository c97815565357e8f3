#[test]
fn a_place_behind_the_last_is_none() {
    let parcels: Vec<String> = ["a", "b", "c", "d", "e"].map(String::from).to_vec();
    assert_eq!(subject::pair(&parcels, 0, 1), Some(("a".into(), "b".into())));
    assert_eq!(subject::pair(&parcels, 0, 5), None);
    assert_eq!(subject::pair(&parcels, 0, 6), None);
}
