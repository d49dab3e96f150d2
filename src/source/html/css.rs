//! Style sheets, as far as they decide what of a page can be seen.
//!
//! Rules are read, matched and weighed as the CSS standards say, for a window at a desk. Where something is not
//! understood, or hangs on what is not in the page (another file, a script, the place of a box), the text counts as
//! seen. The known libraries for selectors may not be used under the project's licences.

mod cascade;
mod certainty;
mod computed;
mod declarations;
mod index;
mod lengths;
mod matching;
mod media;
mod properties;
mod selector;
mod shapes;
mod sheet;
mod syntax;
mod values;

pub use cascade::Cascade;
pub use computed::{Display, Style};

#[cfg(test)]
mod tests;
