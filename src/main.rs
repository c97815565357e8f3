//! The command line.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(cargo_constraints::cli::main().code())
}
