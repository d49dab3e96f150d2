//! Every target is this file: what it does is what the function with its name does.
#![no_main]

use std::sync::LazyLock;

use corroborate_fuzz::Target;
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<Target> = LazyLock::new(|| Target::named(env!("CARGO_BIN_NAME")).expect("a target with this name"));

fuzz_target!(|bytes: &[u8]| TARGET.run(bytes));
