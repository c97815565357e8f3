#[test]
fn deep_symbols_use_bounded_stack() {
    let run = |symbol: String| {
        std::thread::Builder::new().stack_size(2 << 20).spawn(move || subject::shown(&symbol)).unwrap().join().unwrap()
    };
    assert_eq!(run("_RINvC1a1fRShE".to_owned()), "a::f::<&[u8]>");
    for unit in ["R", "S", "TT", "Q", "P"] {
        for depth in [10, 100, 400, 20_000] {
            let _ = run(format!("_RINvC1a1f{}hE", unit.repeat(depth)));
        }
    }
}
