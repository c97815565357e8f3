//! What is seen of changes outside, and that a sandbox may be used again.

use std::fs;

use super::{ALONE, PREFIX, SECRET, Sandbox, folders, paths_in, unnumbered};

/// What `act` changed outside.
fn changed(texts: &[&str], act: impl FnOnce(&Sandbox)) -> Vec<String> {
    let _alone = ALONE.lock();
    let mut sandbox = Sandbox::new().expect("made");
    let texts: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    sandbox.shut(&texts).expect("shut");
    act(&sandbox);
    sandbox.changes()
}

#[test]
fn what_happens_in_the_root_is_nobodys_business() {
    let changes = changed(&["../x", "b/c"], |it| {
        fs::create_dir_all(it.root().join("b/c")).expect("made");
        fs::write(it.root().join("b/c/d"), "mine").expect("written");
    });
    assert_eq!(changes, Vec::<String>::new());
}

#[test]
#[cfg(unix)]
fn a_sandbox_that_was_used_is_as_if_it_were_new() {
    use std::os::unix::fs::PermissionsExt as _;
    let acts: [fn(&Sandbox); 5] = [
        |_| {},
        |it| fs::write(it.root().join("mine"), "mine").expect("written"),
        |it| fs::write(it.root().join("../x"), "mine").expect("written"),
        |it| fs::set_permissions(it.root(), fs::Permissions::from_mode(0o500)).expect("set"),
        |it| {
            fs::remove_dir(it.root()).expect("removed");
            std::os::unix::fs::symlink("..", it.root()).expect("linked");
        },
    ];
    for (at, act) in acts.into_iter().enumerate() {
        let _ = changed(&["../new/folder/name", "../../other"], act);
        let changes = changed(&["../x"], |it| {
            assert_eq!(fs::read_dir(it.root()).expect("a folder").count(), 0, "{at}");
            assert!(fs::symlink_metadata(it.root()).expect("there").is_dir(), "{at}");
            assert!(!it.root().join("../new").exists() && !it.root().join("../../other").exists(), "{at}");
            assert_eq!(fs::read_to_string(it.root().join("../x")).expect("there"), SECRET, "{at}");
        });
        assert_eq!(changes, Vec::<String>::new(), "{at}");
    }
}

#[test]
fn what_is_written_made_moved_or_linked_outside_is_seen() {
    let changes = changed(&["../../new/name"], |it| {
        fs::write(it.root().join("../x"), "other").expect("written");
        fs::create_dir(it.root().join("../folder")).expect("made");
        assert_eq!(fs::read_to_string(it.root().join("../../new/name")).expect("planted"), SECRET);
        fs::remove_file(it.root().join("../../new/name")).expect("removed");
        fs::write("worked", "here").expect("written");
    });
    assert_eq!(
        changes,
        [
            "ROOT/../x has another content",
            "ROOT/../../new/name was removed",
            "ROOT/../folder is a new folder",
            "ROOT/../work/worked is a new file",
        ]
    );
}

#[test]
#[cfg(unix)]
fn a_hard_link_into_the_world_is_seen_when_it_is_written_through() {
    let outside = folders().sandboxes.join(format!("constraints-outside-{}", std::process::id()));
    let outside = outside.to_str().expect("a text").to_owned();
    let changes = changed(&[&outside], |it| {
        fs::hard_link(&outside, it.root().join("x")).expect("linked");
        fs::write(it.root().join("x"), "overwritten").expect("written");
    });
    assert_eq!(changes, [format!("{outside} has another content")]);
    assert!(!std::path::Path::new(&outside).exists(), "it was planted, and is gone");
}

#[test]
fn a_file_that_is_named_in_the_common_temporary_folder_is_there_and_its_change_is_seen() {
    let named = std::env::temp_dir().join(format!("constraints-named-{}", std::process::id()));
    let named = named.to_str().expect("a text").to_owned();
    let changes = changed(&[&named], |_| fs::write(&named, "overwritten").expect("written"));
    assert_eq!(changes, [format!("{named} has another content")]);
    assert!(!std::path::Path::new(&named).exists(), "it was planted, and is gone");
}

#[test]
#[cfg(unix)]
fn a_mode_changed_outside_is_seen() {
    use std::os::unix::fs::PermissionsExt as _;
    let changes = changed(&[], |it| {
        fs::set_permissions(it.root().join("../x"), fs::Permissions::from_mode(0o777)).expect("set");
    });
    assert_eq!(changes.len(), 1);
    assert!(changes[0].starts_with("ROOT/../x has the mode 777 instead of"), "{changes:?}");
}

#[test]
fn paths_are_read_out_of_encoded_texts() {
    let named = |text: &str| {
        paths_in(text.as_bytes()).iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
    };
    assert!(named("GET /%2e%2e%2fsecret HTTP").contains(&"../secret".to_owned()));
    assert!(named("x\0..\\up\0").contains(&"../up".to_owned()));
    assert!(named("[\"/tmp/there\"]").contains(&"/tmp/there".to_owned()));
}

#[test]
fn two_sandboxes_have_paths_that_differ_in_nothing_but_numbers() {
    let [one, other] =
        [41, 7].map(|number| format!("in \"/tmp/{PREFIX}{number:010}-{number:08}/one\", {number}"));
    assert_eq!(one.len(), other.len() + 1, "names are as long as each other");
    assert_eq!(unnumbered(&one), format!("in \"/tmp/{PREFIX}/one\", 41"));
    assert_eq!(unnumbered(&other), format!("in \"/tmp/{PREFIX}/one\", 7"));
}
