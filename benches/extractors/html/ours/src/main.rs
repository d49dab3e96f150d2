//! What the reader for HTML finds on pages whose paths come in, one a line: their content, what stands around it, and
//! what is said of them, as a line of JSON each.

use std::io::{BufRead as _, Write as _};

use corroborate::source::{self, Fields};
use corroborate::text::blocks::BlockKind;
use serde_json::json;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let (mut content, mut around, mut notices) = (String::new(), String::new(), Vec::new());
        let read = source::read("page.html", &std::fs::read(&path)?, &Fields::default());
        let sources = read.unwrap_or_else(|error| {
            notices.push(error.to_string());
            Vec::new()
        });
        for source in sources {
            for block in &source.layout.blocks {
                let to = if block.kind == BlockKind::Boilerplate { &mut around } else { &mut content };
                to.push_str(block.span.of(&source.layout.visible));
                to.push('\n');
            }
            notices.extend(source.notices);
        }
        writeln!(out, "{}", json!({ "path": path, "content": content, "around": around, "notices": notices }))?;
    }
    Ok(())
}
