use std::path::{Component, Path};

#[test]
fn no_request_leaves_the_folder() {
    assert_eq!(subject::file_of("/a%20b.txt").as_deref(), Some(Path::new("/srv/shared/a b.txt")));
    for request in ["/%2e%2e/etc/passwd", "/.%2e/etc/passwd", "/../etc/passwd", "/a/%2E%2E/%2e%2e/b", "//%2fetc/passwd", "/%2fetc"] {
        if let Some(file) = subject::file_of(request) {
            assert!(file.starts_with(subject::SHARED) && !file.components().any(|c| c == Component::ParentDir), "{request} is {file:?}");
        }
    }
}
