//! Values that lead to something real.

use super::values;

fn made(ty: &str, generator: &str) -> String {
    values(&format!("pub fn f(x: {ty}) {{}}"), &format!("args.x = {{ {generator} }}"))
}

#[test]
fn a_folder_is_a_path_or_a_text() {
    let folder = "folder = { \"a/b\" = { like = [\"x\"] }, \"c\" = { like_hex = [\"ff\"] } }";
    let types = ["&std::path::Path", "std::path::PathBuf", "&str", "String", "Option<&str>", "u8"];
    insta::assert_snapshot!(types.map(|ty| made(ty, folder)).join("\n"), @r#"
    x = path of folder { a/b: text like ["x"], c: bytes like [[255]] }
    x = path of folder { a/b: text like ["x"], c: bytes like [[255]] }
    x = text of folder { a/b: text like ["x"], c: bytes like [[255]] }
    x = text of folder { a/b: text like ["x"], c: bytes like [[255]] }
    x = option(text of folder { a/b: text like ["x"], c: bytes like [[255]] })
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `folder` the path of a folder is given, `u8` is needed
      see src/lib.rs `x: u8` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
    insta::assert_snapshot!(made("&str", "folder = { \"a\" = { is = 3 } }"), @r"
    invalid-value: the content of a file is a text or bytes
      at constraints/main.toml `is` neither
      see src/lib.rs `x: &str` the parameter
      help start from `like`, `like_hex`, a format or the like, or add a `map`
    ");
}

#[test]
fn a_program_is_a_path_or_a_text() {
    let types = ["&std::path::Path", "&str", "&std::ffi::OsStr", "&[u8]"];
    insta::assert_snapshot!(types.map(|ty| made(ty, "program = \"recorded\"")).join("\n"), @r#"
    x = path of program
    x = text of program
    x = text of program => rt::os_string(it)
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `program = "recorded"` the path of a program is given, `Vec<u8>` is needed
      see src/lib.rs `x: &[u8]` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
}

#[test]
fn a_server_is_an_address_in_many_forms() {
    let types = ["&str", "String", "std::net::SocketAddr", "u16", "Option<u16>", "bool"];
    insta::assert_snapshot!(types.map(|ty| made(ty, "server = \"support::start\"")).join("\n"), @r#"
    x = Text of server support::start()
    x = Text of server support::start()
    x = Socket of server support::start()
    x = Port of server support::start()
    x = option(Port of server support::start())
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `support::start` the address of a server is given, `bool` is needed
      see src/lib.rs `x: bool` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
    insta::assert_snapshot!(made("u16", "server = \"support::start(3)\""), @r"
    x = Port of server support::start(3)
    ");
}
