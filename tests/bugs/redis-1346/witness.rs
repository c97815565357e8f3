#[test]
fn deep_replies_use_bounded_stack() {
    let run = |reply: String| {
        std::thread::Builder::new().stack_size(8 << 20).spawn(move || subject::is_reply(reply.as_bytes())).unwrap().join().unwrap()
    };
    assert!(run("*1\r\n:1\r\n".to_owned()));
    for unit in ["*1\r\n", "~1\r\n", "%1\r\n+a\r\n", ">2\r\n+a\r\n", "|1\r\n+a\r\n"] {
        for depth in [10, 90, 150, 13_000] {
            let _ = run(format!("{}:1\r\n", unit.repeat(depth)));
        }
    }
}
