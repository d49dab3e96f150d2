//! Picks a door: the command line or the language server.

fn main() -> std::process::ExitCode {
    corroborate::cli::main()
}
