//! Floor 4: origins, the events of reporting on which evidence ultimately rests.
//!
//! Three papers that quote one cable are one origin. Whose word a passage is, it says itself: the documents and people to
//! which its sentences give what they say ([`attribution`]), the agency or paper whose text the whole is ([`whole`]), what
//! the analyst noted of the source (`origin:`, which wins, and `not-origin:`). Which source of the library that is, says
//! [`held`]; it need not be any. Two passages are one also where they have the same words ([`shared`]). [`count`] puts the
//! evidence for a claim together, [`links`] lists a whole library.
//!
//! *Architecture invariant:* no two sources are one because they tell of the same thing. Each link has words to show.

mod attribution;
pub mod count;
mod documents;
mod held;
pub mod links;
mod names;
mod origin;
mod reader;
mod shared;
mod whole;

pub use count::{Origins, of_evidence};
pub use origin::{Link, Origin, Why};
pub use reader::Reader;
