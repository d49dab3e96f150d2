//! How the process asks the system for memory. Knows nothing of what it is for.

/// Has the process run with two arenas.
///
/// glibc gives each thread an arena of its own, up to sixteen on two cores, and keeps there what is freed: with
/// 100,000 sources about 180 MB that nobody uses. It reads how many it may have only when a program
/// starts, so the program starts itself once more, in the same process and with the same pipes. Somebody
/// who has set `MALLOC_ARENA_MAX` is left alone.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn limit_arenas() {
    use std::env;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const VARIABLE: &str = "MALLOC_ARENA_MAX";
    if env::var_os(VARIABLE).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // Returns only if it could not be started, and then all is as it was.
    let _ = again.args(arguments).env(VARIABLE, "2").exec();
}

/// Other systems' allocators give memory back.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn limit_arenas() {}
