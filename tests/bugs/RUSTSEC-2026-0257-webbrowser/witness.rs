use std::os::unix::fs::PermissionsExt;

#[test]
fn one_argument() {
    let folder = std::env::temp_dir().join(format!("browser-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (program, out) = (folder.join("browser"), folder.join("out"));
    std::fs::write(&program, format!("#!/bin/sh\necho $# > {0}.part\nmv {0}.part {0}\n", out.display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    for address in ["https://example.org/a b", "mailto:ada --remote-debugging-port=1"] {
        let _ = std::fs::remove_file(&out);
        subject::open(program.to_str().unwrap(), address).unwrap();
        for _ in 0..100 {
            if out.exists() { break; }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(std::fs::read_to_string(&out).unwrap().trim(), "2", "{address}");
    }
}
