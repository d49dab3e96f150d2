//! `corroborate verify`: claims of other tools, judged one by one, as lines of JSON.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{CLEAN, Failure, Root, json, open};
use crate::library::Library;
use crate::library::bibliography::Bibliographies;
use crate::message;
use crate::source::Source;
use crate::workspace::Workspace;
use crate::workspace::claims::{self, TextVerification};

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Claims: {"id", "claim", "doc_id"}, one a line
    #[arg(long, value_name = "FILE")]
    claims: PathBuf,
    /// Documents: {"doc_id", "text"}, one a line; without it, the workspace's library
    #[arg(long, value_name = "FILE")]
    documents: Option<PathBuf>,
    #[command(flatten)]
    root: Root,
}

#[derive(Deserialize)]
struct ClaimLine {
    id: serde_json::Value,
    claim: String,
    #[serde(default)]
    doc_id: Option<String>,
}

#[derive(Deserialize)]
struct DocumentLine {
    doc_id: String,
    text: String,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let claims = lines::<ClaimLine>(&options.claims)?.collect::<Result<Vec<_>, _>>()?;
    let workspace = match &options.documents {
        Some(file) => Arc::new(Workspace::of_library(read_documents(file, &claims)?)),
        None => open(&options.root.find(Path::new("."))?),
    };
    let library = &workspace.library;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let only = |claim: &ClaimLine| {
        Ok(match (&options.documents, &claim.doc_id) {
            (Some(_), None) => return Err(Failure(message!("claim {}: no doc_id", claim.id.to_string()))),
            (Some(_), Some(id)) => Some(
                library
                    .by_path(id)
                    .ok_or_else(|| Failure(message!("claim {}: no document has the doc_id {}", claim.id.to_string(), id)))?,
            ),
            (None, _) => None,
        })
    };
    for some in claims.chunks(AT_ONCE) {
        let only = some.iter().map(only).collect::<Result<Vec<_>, Failure>>()?;
        let pairs: Vec<_> = some.iter().zip(only).collect();
        let judged: Vec<_> =
            pairs.par_iter().map(|(claim, only)| claims::judge(&claim.claim, library, *only, workspace.model())).collect();
        for (claim, judged) in some.iter().zip(&judged) {
            json::line(&mut out, &line(claim, judged, library))?;
        }
    }
    out.flush()?;
    Ok(CLEAN)
}

/// How many claims are judged before they are printed.
const AT_ONCE: usize = 256;

fn line(claim: &ClaimLine, judged: &TextVerification, library: &Library) -> Value {
    let shown = library.view();
    let evidence: Vec<_> =
        judged.evidence.iter().map(|e| json!({ "source": library.path(e.source), "span": json::span(e.span) })).collect();
    let conflicts: Vec<_> = judged
            .sentences
            .iter()
            .flat_map(|v| &v.conflicts)
            .map(|c| json!({ "slot": c.slot.name(), "comparison": c.comparison, "claim": c.claim.of(&claim.claim), "source": shown.source(c.source).quote(c.value).plain() }))
            .collect();
    json!({
        "id": claim.id,
        "verdict": judged.verdict.name(),
        "score": json::rounded(judged.score),
        "evidence": evidence,
        "conflicts": conflicts,
        "entailments": judged.sentences.iter().filter_map(|v| v.excerpt.as_ref()).map(json::entailment).collect::<Vec<_>>(),
    })
}

/// The documents that some claim names; others have no say.
fn read_documents(file: &Path, claims: &[ClaimLine]) -> Result<Library, Failure> {
    let wanted: BTreeSet<&str> = claims.iter().filter_map(|c| c.doc_id.as_deref()).collect();
    let mut sources = Vec::new();
    for document in lines::<DocumentLine>(file)? {
        let DocumentLine { doc_id, text } = document?;
        if !wanted.contains(doc_id.as_str()) {
            continue;
        }
        sources.push(Source::of_text(doc_id, text));
    }
    Ok(Library::new(sources, Bibliographies::default()))
}

/// The objects of a file, one a line; a mistake names its line.
fn lines<T: for<'d> Deserialize<'d>>(path: &Path) -> Result<impl Iterator<Item = Result<T, Failure>>, Failure> {
    let name = path.to_string_lossy().into_owned();
    let file = File::open(path).map_err(|error| Failure(message!("{}: {}", name, error.to_string())))?;
    let numbered = BufReader::new(file).lines().enumerate();
    Ok(numbered.filter(|(_, line)| line.as_ref().map_or(true, |l| !l.trim().is_empty())).map(move |(at, line)| {
        let line = line.map_err(|error| Failure(message!("{}:{}: {}", name, at + 1, error.to_string())))?;
        serde_json::from_str(&line).map_err(|error| Failure(message!("{}:{}: {}", name, at + 1, error.to_string())))
    }))
}
