#[test]
fn a_change_far_away_is_refused() {
    let page = "Tea\n\nBoil water.\nWait.\n";
    let change = "--- page\n+++ page\n@@ -4 +4 @@\n-Wait.\n+Drink.\n";
    assert_eq!(subject::proposed(page, change).unwrap(), "Tea\n\nBoil water.\nDrink.\n");
    for far in ["9999999999", "99999999999999"] {
        let change = format!("--- page\n+++ page\n@@ -{far} +{far} @@\n-Stay.\n+Drink.\n");
        let (done, wait) = std::sync::mpsc::channel();
        std::thread::spawn(move || done.send(subject::proposed(page, &change).is_err()));
        if wait.recv_timeout(std::time::Duration::from_secs(2)).is_err() {
            eprintln!("still searching");
            std::process::exit(1);
        }
    }
}
