//! What is fuzzed: functions that take any bytes and say what must hold of what comes of them.
//!
//! `cargo fuzz` runs them with its own inputs, and `tests/fuzz.rs` of the project includes this file and runs them
//! for a moment. Nothing here knows which of the two it is.

mod files;
mod frames;
mod guard;
mod notes;
mod readers;
mod words;

/// A function that is fuzzed.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub name: &'static str,
    /// Longer inputs are left out, in bytes: they find nothing that shorter ones do not.
    pub longest: usize,
    check: fn(&[u8]),
}

const fn target(name: &'static str, longest: usize, check: fn(&[u8])) -> Target {
    Target { name, longest, check }
}

const KB: usize = 1 << 10;

/// All of them. Each has its seeds in `fuzz/seeds` or, by the extension behind `read_`, in `tests/formats/sources`.
pub const TARGETS: &[Target] = &[
    target("read_txt", 16 * KB, |bytes| readers::read("a.txt", bytes)),
    target("read_md", 16 * KB, |bytes| readers::read("a.md", bytes)),
    target("read_html", 16 * KB, |bytes| readers::read("a.html", bytes)),
    target("read_pdf", 64 * KB, |bytes| readers::read("a.pdf", bytes)),
    target("read_docx", 16 * KB, |bytes| readers::read_archive("a.docx", "word/document.xml", bytes)),
    target("read_odt", 32 * KB, |bytes| readers::read_archive("a.odt", "content.xml", bytes)),
    target("read_ods", 16 * KB, |bytes| readers::read_archive("a.ods", "content.xml", bytes)),
    target("read_rtf", 16 * KB, |bytes| readers::read("a.rtf", bytes)),
    target("read_epub", 16 * KB, readers::read_epub),
    target("read_eml", 16 * KB, |bytes| readers::read("a.eml", bytes)),
    target("read_mbox", 16 * KB, |bytes| readers::read("a.mbox", bytes)),
    target("read_csv", 16 * KB, |bytes| readers::read("a.csv", bytes)),
    target("read_tsv", 16 * KB, |bytes| readers::read("a.tsv", bytes)),
    target("read_srt", 16 * KB, |bytes| readers::read("a.srt", bytes)),
    target("read_vtt", 16 * KB, |bytes| readers::read("a.vtt", bytes)),
    target("read_json", 16 * KB, |bytes| readers::read("a.json", bytes)),
    target("sidecar", 8 * KB, files::sidecar),
    target("bibtex", 8 * KB, |bytes| files::bibliography("refs/a.bib", bytes)),
    target("csl", 8 * KB, |bytes| files::bibliography("refs/a.json", bytes)),
    target("settings", 8 * KB, files::settings),
    target("ignore_list", 8 * KB, files::ignore_list),
    target("note", 8 * KB, notes::note),
    target("directives", 4 * KB, notes::directives),
    target("quotation", 4 * KB, notes::quotation),
    target("numbers", 4 * KB, words::numbers),
    target("dates", 4 * KB, words::dates),
    target("frames", 8 * KB, frames::frames),
];

impl Target {
    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TARGETS.iter().find(|target| target.name == name).copied()
    }

    /// Runs it once. Panics if something does not hold.
    pub fn run(&self, bytes: &[u8]) {
        guard::watch();
        if bytes.len() <= self.longest {
            (self.check)(bytes);
        }
    }
}
