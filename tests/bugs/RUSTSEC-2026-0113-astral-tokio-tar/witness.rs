use std::os::unix::fs::PermissionsExt;
use tokio_tar::{Builder, EntryType, Header};

fn header(kind: EntryType, mode: u32) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_mode(mode);
    header.set_mtime(1);
    header
}

#[test]
fn the_mode_outside_stays() {
    let top = std::env::temp_dir().join(format!("tar-{}", std::process::id()));
    let (folder, outside) = (top.join("folder"), top.join("outside"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(&outside).unwrap();
    std::fs::set_permissions(&outside, std::fs::Permissions::from_mode(0o700)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut builder = Builder::new(Vec::new());
        let mut link = header(EntryType::Symlink, 0o777);
        link.set_path("d").unwrap();
        link.set_link_name(&outside).unwrap();
        link.set_cksum();
        builder.append(&link, &[][..]).await.unwrap();
        let mut inner = header(EntryType::Directory, 0o755);
        inner.set_path("d").unwrap();
        inner.set_cksum();
        builder.append(&inner, &[][..]).await.unwrap();
        let tar = builder.into_inner().await.unwrap();
        let _ = subject::unpack(&folder, &tar).await;
    });
    let mode = outside.metadata().unwrap().permissions().mode() & 0o777;
    std::fs::remove_dir_all(&top).unwrap();
    assert_eq!(mode, 0o700, "{mode:o}");
}
