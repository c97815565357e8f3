fn pdf(extra: &str) -> Vec<u8> {
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {extra} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>".to_owned(),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", text.len());
        text += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let start = text.len();
    text += &format!("xref\n0 4\n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    text.into_bytes()
}

#[test]
fn deep_lists_need_no_deep_stack() {
    let run = |document: Vec<u8>| {
        std::thread::Builder::new().stack_size(4 << 20).spawn(move || subject::pages(&document)).unwrap().join().unwrap()
    };
    assert_eq!(run(pdf("/X [[1] [2]]")), Some(1));
    for depth in [20, 100, 255, 256, 300, 1000, 30_000] {
        run(pdf(&format!("/X {}{}", "[".repeat(depth), "]".repeat(depth))));
        run(pdf(&format!("/X {}{}", "<< /A ".repeat(depth / 4), ">>".repeat(depth / 4))));
    }
}
