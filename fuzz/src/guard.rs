//! Panics of others' code, which cost a process of its own in the product, and nothing here.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// The file in which the last panic of this thread arose.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Learns of panics from now on. libFuzzer's own hook would end the process at each.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(|info| {
            let place = info.location().map_or_else(String::new, |place| place.file().to_owned());
            if !is_of_others(&place) {
                eprintln!("{info}");
            }
            PLACE.with_borrow_mut(|last| *last = place);
        }));
    });
}

/// Runs a reader as the product does, which lets it panic in a process of its own. What panics in our code fails all
/// the same. `None` if others' code did.
pub fn surviving<T>(read: impl FnOnce() -> T) -> Option<T> {
    PLACE.with_borrow_mut(String::clear);
    match panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => Some(read),
        Err(_) if PLACE.with_borrow(|place| is_of_others(place)) => None,
        Err(cause) => panic::resume_unwind(cause),
    }
}

/// Whether a file belongs to a package that Cargo fetched.
fn is_of_others(file: &str) -> bool {
    file.replace('\\', "/").contains("/registry/src/")
}
