//! Pages of the documentation, and the examples in them. How an example is written: CONTRIBUTING.md.
//!
//! Here pages are read, not run.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A Markdown file of the project.
pub struct Page {
    pub name: String,
    pub examples: Vec<Example>,
    /// The items of the lists of each section, by the section's heading, with their lines.
    pub items: Vec<(String, usize)>,
    lines: Vec<String>,
}

/// A block of files and commands.
pub struct Example {
    /// The language behind the fence.
    pub language: String,
    /// The heading above it.
    pub section: String,
    /// The line of the item of a list in which it stands.
    pub item: Option<usize>,
    pub text: String,
    indent: usize,
    lines: Range<usize>,
}

/// A part of an example.
pub enum Part {
    File {
        path: String,
        text: String,
    },
    /// A command, and what it prints.
    Run {
        command: String,
        output: String,
    },
}

/// What stands before the name of a file, and before a command.
const FILE: &str = "//- ";
const COMMAND: &str = "$ ";

impl Page {
    pub fn read(name: &str) -> Self {
        let text = fs::read_to_string(root().join(name)).expect("a page");
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut page = Self { name: name.to_owned(), examples: Vec::new(), items: Vec::new(), lines: Vec::new() };
        let (mut section, mut item, mut at) = (String::new(), None, 0);
        while let Some(line) = lines.get(at) {
            at += 1;
            let indent = line.len() - line.trim_start().len();
            if let Some((end, language)) = closing(line) {
                let start = at;
                at += lines[at..].iter().take_while(|line| line.trim() != end).count();
                let inside = lines[start..at].iter().map(|line| format!("{}\n", line.get(indent..).unwrap_or_default()));
                let item = item.filter(|_| indent > 0);
                let (section, language) = (section.clone(), language.to_owned());
                page.examples.push(Example { language, section, item, text: inside.collect(), indent, lines: start..at });
                at += 1;
            } else if let Some(heading) = line.strip_prefix('#') {
                (section, item) = (heading.trim_start_matches('#').trim().to_owned(), None);
            } else if line.starts_with("- ") {
                item = Some(at);
                page.items.push((section.clone(), at));
            }
        }
        page.lines = lines;
        page
    }

    /// The page of a rule.
    pub fn of_rule(code: &str) -> Self {
        Self::read(&format!("docs/rules/{code}.md"))
    }

    /// Where an example begins, as editors and compilers write it.
    pub fn place(&self, example: &Example) -> String {
        format!("{}:{}", self.name, example.lines.start + 1)
    }

    /// Writes the page with other texts of its examples.
    pub fn rewrite(&self, texts: &[(usize, String)]) {
        let mut lines = self.lines.clone();
        for (at, text) in texts.iter().rev() {
            let example = &self.examples[*at];
            let indent = " ".repeat(example.indent);
            let new = text.lines().map(|line| format!("{indent}{line}").trim_end().to_owned());
            lines.splice(example.lines.clone(), new);
        }
        fs::write(root().join(&self.name), lines.join("\n") + "\n").expect("the page is written");
    }
}

impl Example {
    /// Whether it can be run: it begins with a file or a command of ours.
    pub fn is_runnable(&self) -> bool {
        self.text.starts_with(FILE) || self.text.starts_with("$ corroborate")
    }

    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for line in self.text.lines() {
            if let Some(path) = line.strip_prefix(FILE) {
                parts.push(Part::File { path: path.to_owned(), text: String::new() });
            } else if let Some(command) = line.strip_prefix(COMMAND) {
                parts.push(Part::Run { command: command.to_owned(), output: String::new() });
            } else if let Some(Part::File { text, .. } | Part::Run { output: text, .. }) = parts.last_mut() {
                text.push_str(line);
                text.push('\n');
            }
        }
        parts
    }
}

impl Part {
    /// The part with another text, as it is written.
    pub fn with(&self, text: &str) -> String {
        match self {
            Self::File { path, .. } => format!("{FILE}{path}\n{text}"),
            Self::Run { command, .. } => format!("{COMMAND}{command}\n{text}"),
        }
    }
}

/// Of a line that opens a block or a comment: the line that closes it, and the language.
fn closing(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    if line == "<!--" {
        return Some(("-->".to_owned(), ""));
    }
    let language = line.trim_start_matches('`');
    let fence = &line[..line.len() - language.len()];
    (fence.len() >= 3).then(|| (fence.to_owned(), language))
}

/// All pages for users, by name.
pub fn all() -> Vec<Page> {
    let below = |folder: &str| {
        let files = fs::read_dir(root().join(folder)).expect("a folder");
        let names = files.map(|file| file.expect("a file").file_name().into_string().expect("a name"));
        names.filter(|name| name.ends_with(".md")).map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
    };
    let mut names = [vec!["README.md".to_owned()], below("docs"), below("docs/rules")].concat();
    names.sort();
    names.iter().map(|name| Page::read(name)).collect()
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
