//! `cargo bench --bench extractors -- FILE...`: the text of each page of each PDF as this program reads it, a line of JSON for
//! each: `{"file", "page", "text"}`, and one with `{"file", "notices"}` behind them. `pdf/compare.py` sets it beside the
//! text that other programs read.

use corroborate::source::{self, Fields, MarkKind};

fn main() {
    for file in std::env::args().skip(1).filter(|argument| argument != "--bench") {
        let bytes = std::fs::read(&file).expect("a readable file");
        let source = match source::read(&file, &bytes, &Fields::default()) {
            Ok(mut sources) => sources.remove(0),
            Err(error) => {
                println!("{}", serde_json::json!({ "file": file, "notices": [error.to_string()] }));
                continue;
            }
        };
        let visible = &source.layout.visible;
        let starts: Vec<usize> = source.marks.iter().filter(|mark| mark.kind == MarkKind::Page).map(|mark| mark.at).collect();
        let ends = starts.iter().copied().skip(1).chain([visible.len()]);
        for (page, (start, end)) in starts.iter().zip(ends).enumerate() {
            let text = visible.get(*start..end).unwrap_or_default();
            println!("{}", serde_json::json!({ "file": file, "page": page + 1, "text": text }));
        }
        println!("{}", serde_json::json!({ "file": file, "notices": source.notices }));
    }
}
