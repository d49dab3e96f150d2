//! Broken and hostile files of every format: each is read or refused, in bounded time and space.

#[path = "support/random.rs"]
mod random;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use corroborate::source::{self, Fields};
use corroborate::text::Span;
use proptest::prelude::*;
use random::Random;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Every extension that has a reader of its own.
const EXTENSIONS: [&str; 15] =
    ["txt", "md", "html", "pdf", "docx", "odt", "rtf", "epub", "eml", "mbox", "csv", "tsv", "srt", "vtt", "json"];

/// A batch that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a file may grow to: office formats unpack to a hundred times their size at most, and what
/// is small may grow to this in any case.
const SMALL: usize = 8 << 20;

/// Reads a file; whatever comes of it must be sound.
#[track_caller]
fn read(path: &str, bytes: &[u8]) {
    let is_within =
        |span: Span, text: &str| span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
    for source in source::read(path, bytes, &Fields::default()).unwrap_or_default() {
        let (text, visible) = (&source.text, &source.layout.visible);
        assert_eq!(text.len(), visible.len(), "{path}");
        assert!(text.len() <= SMALL.max(bytes.len() * 100), "{path}: {} bytes from {}", text.len(), bytes.len());
        for block in &source.layout.blocks {
            assert!(is_within(block.span, text) && is_within(block.span, visible), "{path}: {:?}", block.span);
            assert!(block.cells.iter().all(|cell| is_within(*cell, text)), "{path}: {:?}", block.cells);
        }
        assert!(source.marks.iter().all(|mark| text.is_char_boundary(mark.at)), "{path}");
    }
}

/// Runs work that must end in time.
#[track_caller]
fn in_time(what: &str, work: impl FnOnce() + Send + 'static) {
    let (done, ended) = mpsc::channel();
    let thread = std::thread::Builder::new().name(what.to_owned()).spawn(move || {
        work();
        let _ = done.send(());
    });
    match ended.recv_timeout(PATIENCE) {
        Ok(()) => {}
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what} takes longer than {PATIENCE:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match thread.expect("a thread").join() {
            Err(cause) => std::panic::resume_unwind(cause),
            Ok(()) => unreachable!("the work was done"),
        },
    }
}

fn documents(extension: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/sources");
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the documents")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("a document")))
        .collect();
    found.sort();
    found
}

/// Every document cut off at ten points, and 200 copies with one wrong byte.
fn damaged(extension: &'static str) {
    in_time(extension, move || {
        let documents = documents(extension);
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        for (path, bytes) in &documents {
            for tenth in 0..10 {
                read(path, &bytes[..bytes.len() * tenth / 10]);
            }
        }
        for (path, bytes) in documents.iter().cycle().take(if documents.is_empty() { 0 } else { 200 }) {
            let mut bytes = bytes.clone();
            let at = random.below(bytes.len());
            bytes[at] = random.below(256) as u8;
            read(path, &bytes);
        }
        let garbage: Vec<u8> = (0..20_000).map(|_| random.below(256) as u8).collect();
        read(&format!("garbage.{extension}"), &garbage);
        read(&format!("zeros.{extension}"), &[0; 5000]);
    });
}

#[test]
fn damaged_text() {
    for extension in ["txt", "html", "csv", "tsv", "srt", "vtt", "json", "jsonl", "rtf"] {
        damaged(extension);
    }
}

#[test]
fn damaged_mail() {
    damaged("eml");
    damaged("mbox");
}

#[test]
fn damaged_archives() {
    damaged("docx");
    damaged("odt");
    damaged("epub");
}

#[test]
fn damaged_pdf() {
    damaged("pdf");
}

#[test]
fn an_empty_file_is_refused_in_every_format() {
    for extension in EXTENSIONS {
        let result = source::read(&format!("a.{extension}"), b"", &Fields::default());
        assert_eq!(result.err().map(|e| e.to_string()).as_deref(), Some("it has no text"), "{extension}");
    }
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

const CONTAINER: &[u8] = b"<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>";
const PACKAGE: &[u8] =
    b"<package><manifest><item id=\"c\" href=\"c.xhtml\"/></manifest><spine><itemref idref=\"c\"/></spine></package>";

/// The same text as the one main part of each office format.
fn offices(text: &[u8]) -> [(&'static str, Vec<u8>); 3] {
    [
        ("a.docx", archive(&[("word/document.xml", text)])),
        ("a.odt", archive(&[("content.xml", text)])),
        ("a.epub", archive(&[("META-INF/container.xml", CONTAINER), ("p.opf", PACKAGE), ("c.xhtml", text)])),
    ]
}

#[test]
fn bombs_are_refused() {
    in_time("bombs", || {
        let zeros = vec![0; 12 << 20];
        let spaces = [b"<p>".as_slice(), &vec![b' '; 12 << 20], b"</p>"].concat();
        for text in [zeros, spaces] {
            for (path, bytes) in offices(&text) {
                let result = source::read(path, &bytes, &Fields::default());
                assert_eq!(result.err(), Some(source::ReadError::TooMuch), "{path}");
            }
        }
    });
}

#[test]
fn a_part_may_lie_about_its_size_and_there_may_be_many() {
    in_time("archives", || {
        for (path, bytes) in offices(b"<p>The mill closed.</p>") {
            // The size stands in the directory behind the mark `PK\x01\x02`, and before each part.
            for (mark, size) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
                let mut bytes = bytes.clone();
                let found: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(mark)).collect();
                for at in found {
                    bytes[at + size..at + size + 4].copy_from_slice(&0xfff0_0000_u32.to_le_bytes());
                }
                read(path, &bytes);
            }
        }
        let names: Vec<String> = (0..60_000).map(|n| format!("word/{n}.xml")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        let bytes = archive(&parts);
        for path in ["a.docx", "a.odt", "a.epub"] {
            read(path, &bytes);
        }
    });
}

#[test]
fn nesting_may_be_deep() {
    const DEPTH: usize = 200_000;
    in_time("nested markup", || {
        let divs = "<div>".repeat(DEPTH) + "The mill closed.";
        let tables = "<table><tr><td>".repeat(DEPTH / 4) + "x";
        let lists = "<ul><li>".repeat(DEPTH / 2) + "x" + &"</li></ul>".repeat(DEPTH / 2);
        for page in [&divs, &tables, &lists] {
            read("a.html", page.as_bytes());
        }
        read("a.md", ("> ".repeat(20_000) + "x").as_bytes());
        read("a.md", ("[".repeat(20_000) + "x").as_bytes());
    });
    in_time("nested RTF", || {
        read("a.rtf", (r"{\rtf1 ".to_owned() + &"{".repeat(DEPTH) + "The mill closed.").as_bytes());
        read("a.rtf", (r"{\rtf1 ".to_owned() + &r"{\footnote x".repeat(DEPTH)).as_bytes());
    });
    in_time("nested JSON", || {
        read("a.json", ("[".repeat(DEPTH) + "\"x\"" + &"]".repeat(DEPTH)).as_bytes());
        read("a.json", ("{\"a\":[".repeat(DEPTH)).as_bytes());
        read("a.json", ("{\"a\":[".repeat(60) + "{\"text\":\"The mill has closed.\"}" + &"]}".repeat(60)).as_bytes());
    });
    in_time("nested mail", || {
        let mut mail = "Subject: x\n".to_owned();
        for n in 0..20_000 {
            let _ = write!(mail, "Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
        }
        read("a.eml", mail.as_bytes());
        let inner = "Content-Type: message/rfc822\n\nSubject: x\n".repeat(20_000);
        read("a.eml", inner.as_bytes());
        read("a.mbox", "From a@b.example Mon Nov 13 08:02:11 2023\n\n".repeat(DEPTH / 4).as_bytes());
    });
    in_time("nested office files", || {
        let runs = "<w:p><w:r><w:t>".repeat(20_000) + "x";
        let boxes = "<text:p><text:note-body>".repeat(20_000) + "x";
        let cells = "<w:tbl><w:tr><w:tc>".repeat(20_000) + "x" + &"</w:tc></w:tr></w:tbl>".repeat(20_000);
        for text in [runs, boxes, cells] {
            // Random bytes beside it, so that the nesting is not refused as a bomb.
            let mut random = Random(7);
            let noise: Vec<u8> = (0..200_000).map(|_| random.below(256) as u8).collect();
            for (path, part) in [("a.docx", "word/document.xml"), ("a.odt", "content.xml")] {
                read(path, &archive(&[("noise", &noise), (part, text.as_bytes())]));
            }
        }
    });
    in_time("nested archives", || {
        let mut bytes = archive(&[("x", b"x")]);
        for _ in 0..20 {
            bytes = archive(&[("word/document.xml", &bytes)]);
        }
        read("a.docx", &bytes);
    });
}

#[test]
fn spans_and_words_may_be_giant() {
    in_time("giants", || {
        let spans = "<table><tr>".to_owned() + &"<td colspan=1000000000 rowspan=1000000000>x</td>".repeat(1000) + "</tr></table>";
        read("a.html", spans.as_bytes());
        let sheet = format!(
            "<table:table><table:table-row table:number-rows-repeated=\"1000000000\">{}</table:table-row></table:table>",
            "<table:table-cell table:number-columns-repeated=\"1000000000\"><text:p>x</text:p></table:table-cell>"
        );
        read("a.odt", &archive(&[("content.xml", sheet.as_bytes())]));
        read("a.rtf", br"{\rtf1\bin2147483647 x\u99999999999 ?\uc999999999 \u65 x}");
        read("a.srt", b"1\n999:99:99,999 --> 999:99:99,999\nThe mill closed.\n");
    });
    for extension in EXTENSIONS {
        let word = "x".repeat(5 << 20);
        in_time(extension, move || read(&format!("a.{extension}"), word.as_bytes()));
    }
    in_time("a giant word in office files", || {
        let mut random = Random(9);
        let word: String = (0..5 << 20).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
        for (path, bytes) in offices(format!("<w:p><w:t>{word}</w:t></w:p>").as_bytes()) {
            read(path, &bytes);
        }
        read("a.rtf", format!(r"{{\rtf1 {word}}}").as_bytes());
        read("a.json", format!("[{{\"text\":\"a b {word}\"}}]").as_bytes());
        read("a.eml", format!("Subject: x\n\n{word}\n").as_bytes());
    });
}

/// Pieces of all formats, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "<w:t>",
        "</w:t>",
        "<w:tbl>",
        "<w:tr>",
        "<w:tc>",
        "</w:tc>",
        "</w:tr>",
        "<w:del>",
        "</w:del>",
        "<w:vanish/>",
        "<text:p>",
        "</text:p>",
        "<text:note>",
        "<text:note-body>",
        "</text:note-body>",
        "<table:table-row>",
        "<table:table-cell>",
        "</table:table-cell>",
        "</table:table-row>",
        "<text:s/>",
        "{\\rtf1 ",
        "{",
        "}",
        "\\par ",
        "\\u-10179?",
        "\\'e9",
        "\\cell ",
        "\\row ",
        "\\bin9 ",
        "\\v ",
        "From: a@b\n",
        "From a@b Mon Nov 13 08:02:11 2023\n",
        "Subject: =?utf-8?q?=C3?=\n",
        "Content-Type: multipart/mixed; boundary=x\n",
        "--x\n",
        "--x--\n",
        "Content-Transfer-Encoding: base64\n",
        "> ",
        "\n",
        "\n\n",
        "1\n00:00:01,000 --> 00:00:02,000\n",
        "WEBVTT\n\n",
        "00:01.000 --> 00:02.000\n",
        "<v Ann>",
        "{\"text\":\"",
        "\"}",
        "[",
        "]",
        ",",
        ";",
        "\t",
        "\"",
        "|",
        "<td>",
        "<th>",
        "<tr>",
        "<p hidden>",
        "</p>",
        "<!--",
        "-->",
        "&#",
        "&amp;",
        "The mill closed. ",
        "é",
        "🦀",
        "\u{200b}",
        "\0",
        "%PDF-1.4\n1 0 obj\n<<",
        ">>",
        "stream\n",
        "endstream",
        "BT (a) Tj ET",
        "trailer",
        "startxref\n9\n%%EOF",
    ]);
    prop::collection::vec(prop_oneof![6 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,6}"], 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for extension in EXTENSIONS {
            read(&format!("a.{extension}"), &bytes);
        }
    }

    #[test]
    fn any_pieces_are_read_or_refused(text in pieces()) {
        for extension in EXTENSIONS {
            read(&format!("a.{extension}"), text.as_bytes());
        }
        read("b.rtf", format!("{{\\rtf1 {text}").as_bytes());
        read("b.pdf", format!("%PDF-1.4\n{text}").as_bytes());
        for (path, bytes) in offices(text.as_bytes()) {
            read(path, &bytes);
        }
    }
}
