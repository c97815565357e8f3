//! The command line as people see it.

use std::ffi::OsString;
use std::fmt::Write as _;

use constraints_wire::ExitCode;

use super::arguments::{Cli, Command};
use super::error::CliError;

fn read(words: &[&str]) -> Result<Cli, clap::Error> {
    Cli::read(words.iter().map(OsString::from))
}

#[test]
fn the_word_of_cargo_makes_no_difference() {
    for words in [
        &["cargo-constraints", "gen", "--check"][..],
        &["cargo-constraints", "constraints", "gen", "--check"],
    ] {
        assert!(matches!(read(words).expect("arguments").command, Command::Gen(_)));
    }
}

#[test]
fn every_command_stands_in_a_group_of_the_help() {
    assert_eq!(Cli::ungrouped(), Vec::<String>::new());
    Cli::parser().debug_assert();
}

#[test]
fn options_work_before_and_after_the_command() {
    let before = read(&["cargo-constraints", "--message-format", "json", "list"]).expect("arguments");
    let after = read(&["cargo-constraints", "list", "--message-format", "json"]).expect("arguments");
    assert_eq!(before.common.message_format, after.common.message_format);
}

#[test]
fn the_help_is_grouped() {
    insta::assert_snapshot!("help", Cli::parser().render_help().to_string());
    let mut all = String::new();
    let mut parser = Cli::parser();
    parser.build();
    for command in parser.get_subcommands_mut() {
        let help = command.render_help();
        let _ = writeln!(all, "== {}\n{help}", command.get_name());
    }
    insta::assert_snapshot!("help_of_commands", all);
}

#[test]
fn what_does_not_exist_is_said_with_what_does() {
    let error = CliError::Unknown { wanted: "no_panik".into(), nearest: vec!["no_panic".into()] };
    assert_eq!(
        error.to_string(),
        "there is no kind, fault code or constraint `no_panik`; did you mean `no_panic`?"
    );
    assert_eq!(error.exit_code(), ExitCode::CouldNotFinish);
}
