//! Picks a door: the command line or the language server.

fn main() -> std::process::ExitCode {
    // The usual report quotes the text that a slip stumbled on, and logs hold no source text.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!(" at {at}"));
        eprintln!("corroborate: internal error{place}; please report it");
    }));
    corroborate::cli::main()
}
