//! Values that lead to something real.

use super::values;

fn made(ty: &str, generator: &str) -> String {
    values(&format!("pub fn f(x: {ty}) {{}}"), &format!("args.x = {{ {generator} }}"))
}

#[test]
fn a_folder_is_a_path_or_a_text() {
    let folder = "folder = { \"a/b\" = { like = [\"x\"] }, \"c\" = { like_hex = [\"ff\"] } }";
    let types = ["&std::path::Path", "std::path::PathBuf", "&str", "String", "Option<&str>", "u8"];
    insta::assert_snapshot!(types.map(|ty| made(ty, folder)).join("\n"), @"");
    insta::assert_snapshot!(made("&str", "folder = { \"a\" = { is = 3 } }"), @"");
}

#[test]
fn a_program_is_a_path_or_a_text() {
    let types = ["&std::path::Path", "&str", "&std::ffi::OsStr", "&[u8]"];
    insta::assert_snapshot!(types.map(|ty| made(ty, "program = \"recorded\"")).join("\n"), @"");
}

#[test]
fn a_server_is_an_address_in_many_forms() {
    let types = ["&str", "String", "std::net::SocketAddr", "u16", "Option<u16>", "bool"];
    insta::assert_snapshot!(types.map(|ty| made(ty, "server = \"support::start\"")).join("\n"), @"");
    insta::assert_snapshot!(made("u16", "server = \"support::start(3)\""), @"");
}
