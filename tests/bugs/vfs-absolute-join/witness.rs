#[test]
fn stays_below() {
    let base = std::env::temp_dir().join(format!("vfs-witness-{}", std::process::id()));
    let (inside, outside) = (base.join("inside"), base.join("outside"));
    std::fs::create_dir_all(&inside).unwrap();
    std::fs::create_dir_all(&outside).unwrap();
    assert!(subject::store(&inside, "a.txt", "one"));
    assert_eq!(std::fs::read_to_string(inside.join("a.txt")).unwrap(), "one");
    let absolute = outside.join("b.txt");
    for name in [absolute.to_str().unwrap(), "../outside/b.txt", "x/../../outside/b.txt", &format!("./{}", absolute.display())] {
        subject::store(&inside, name, "two");
        let there = absolute.exists();
        let _ = std::fs::remove_file(&absolute);
        assert!(!there, "{name}");
    }
    std::fs::remove_dir_all(&base).unwrap();
}
