#[test]
fn a_draft_knows_the_names() {
    let all: Vec<String> = (0..200).map(|n| format!("name number {n}")).collect();
    let mut names = subject::Names::new();
    let before: Vec<usize> = all.iter().map(|n| names.number(n)).collect();
    names.keep_draft();
    let rubbish: Vec<String> = (0..200).map(|n| format!("rubbish nmb {n}")).collect();
    let after: Vec<usize> = all.iter().map(|n| names.number(n)).collect();
    assert_eq!(before, after);
    assert_eq!(names.count(), all.len());
    drop(rubbish);
}
