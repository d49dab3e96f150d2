//! Code actions: the fixes of the findings under the cursor, and the edits that ignore them.
//!
//! Edits name the version of the document for which they were made, so a client that has typed on
//! drops them.

use tower_lsp::lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionResponse, Range, WorkspaceEdit,
};

use super::convert::{self, Text};
use super::diagnostics;
use super::document::Snapshot;
use super::edits::Edits;
use super::request::DocumentView;
use crate::rules::{CitedNote, Edit, Finding, Fix, Severities, descriptor, offer, rule, source_list, suppress};
use crate::text::{LineIndex, Untrusted};
use crate::workspace::Reading;

/// What can be done about a range of a note.
pub fn code_actions(seen: &DocumentView, range: Range, context: &CodeActionContext) -> Option<CodeActionResponse> {
    let snapshot = seen.snapshot().filter(|_| seen.client.code_actions)?;
    let note = Note { seen, snapshot, text: seen.text(), workspace: &seen.workspace.reading() };
    let range = note.text.span(range);
    let mut found = Vec::new();
    if wants(context, &CodeActionKind::QUICKFIX) {
        let touched = |finding: &&Finding| finding.span.start <= range.end && range.start <= finding.span.end;
        let findings: Vec<&Finding> = snapshot.checked.findings.iter().filter(touched).collect();
        found.extend(findings.iter().flat_map(|finding| note.fixes(finding)));
        found.extend(findings.iter().flat_map(|finding| note.suppressions(finding)));
    }
    if wants(context, &CodeActionKind::REFACTOR_REWRITE) {
        found.extend(note.offers(range.start));
    }
    // Whoever asks for all kinds means the cursor, and not the whole file.
    let is_at_source = || note.is_at_source(range.start);
    if wants(context, &source_list()) && (context.only.is_some() || is_at_source()) {
        found.extend(note.source_list());
    }
    if context.only.is_some() && wants(context, &fix_all()) {
        found.extend(note.all_safe());
    }
    Some(found.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// `source.fixAll.corroborate`
pub fn fix_all() -> CodeActionKind {
    CodeActionKind::new("source.fixAll.corroborate")
}

/// `source.writeSources.corroborate`
pub fn source_list() -> CodeActionKind {
    CodeActionKind::new("source.writeSources.corroborate")
}

/// A note that something is to be done about.
struct Note<'s> {
    seen: &'s DocumentView,
    snapshot: &'s Snapshot,
    text: Text<'s>,
    workspace: &'s Reading<'s>,
}

impl Note<'_> {
    fn fixes(&self, finding: &Finding) -> Vec<CodeAction> {
        let fixes = finding.fixes.iter().enumerate();
        fixes.map(|(at, fix)| self.quick_fix(finding, &fix.title, self.edit(&fix.edits), at == 0)).collect()
    }

    /// The edits that ignore a finding.
    fn suppressions(&self, finding: &Finding) -> Vec<CodeAction> {
        let Snapshot { checked, text, .. } = self.snapshot;
        let fixes = suppress::fixes(&checked.note, text, &self.seen.name, &self.workspace.store, finding).into_iter();
        let actions = fixes.filter_map(|fix| {
            let edit = fix.file.map_or_else(|| Some(self.edit(&fix.edits)), |file| self.edit_of_store(&fix.edits, file))?;
            Some(self.quick_fix(finding, &fix.title, edit, false))
        });
        actions.collect()
    }

    fn quick_fix(&self, finding: &Finding, title: &Untrusted, edit: WorkspaceEdit, is_preferred: bool) -> CodeAction {
        CodeAction {
            title: title.capitalised().plain().to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::diagnostic(finding, self.text, self.workspace, &self.seen.client)]),
            edit: Some(edit),
            is_preferred: Some(is_preferred),
            ..CodeAction::default()
        }
    }

    /// What the sentence at an offset could also be, though nothing is wrong with it.
    fn offers(&self, offset: usize) -> Vec<CodeAction> {
        let (checked, library) = (&self.snapshot.checked, &self.workspace.library);
        let severities = self.severities();
        let note = self.cited(&severities);
        let at = checked.note.sentence_at(offset);
        let judged = at.and_then(|at| Some((at, checked.verifications[at].as_ref()?)));
        let offered = judged.map(|(at, judged)| offer::offers(&note, at, judged, library)).unwrap_or_default();
        let described = descriptor::offer(&note, offset, library);
        offered.into_iter().chain(described).map(|fix| self.action(&fix, CodeActionKind::REFACTOR_REWRITE)).collect()
    }

    /// Whether a citation stands at an offset, or the list of sources.
    fn is_at_source(&self, offset: usize) -> bool {
        let is_cited = self.snapshot.checked.note.citations.iter().any(|citation| citation.span.touches(offset));
        is_cited || source_list::section(&self.snapshot.text).is_some_and(|section| section.touches(offset))
    }

    /// The list of all sources that are cited.
    fn source_list(&self) -> Option<CodeAction> {
        let severities = self.severities();
        let fix = source_list::offer(&self.cited(&severities), &self.workspace.library)?;
        Some(self.action(&fix, source_list()))
    }

    fn severities(&self) -> Severities {
        self.workspace.settings.severities(&self.seen.name)
    }

    fn cited<'n>(&'n self, severities: &'n Severities) -> CitedNote<'n> {
        let (settings, Snapshot { checked, text, .. }) = (&self.workspace.settings, self.snapshot);
        let (style, yardstick) = (settings.citation_style, &settings.yardstick);
        CitedNote::new(&self.seen.name, text, &checked.note, &checked.cited, severities, style, yardstick)
    }

    fn action(&self, fix: &Fix, kind: CodeActionKind) -> CodeAction {
        CodeAction {
            title: fix.title.capitalised().plain().to_owned(),
            kind: Some(kind),
            edit: Some(self.edit(&fix.edits)),
            ..CodeAction::default()
        }
    }

    /// One edit that applies all safe fixes, the first of those that overlap.
    fn all_safe(&self) -> Option<CodeAction> {
        let mut edits: Vec<Edit> = Vec::new();
        let safe =
            self.snapshot.checked.findings.iter().filter(|finding| rule(finding.code).is_some_and(|rule| rule.has_safe_fix));
        for fix in safe.filter_map(|finding| finding.fixes.first()) {
            let apart = |a: &Edit, b: &Edit| !a.span.touches(b.span.start) && !b.span.touches(a.span.start);
            if fix.edits.iter().all(|edit| edits.iter().all(|other| apart(edit, other))) {
                edits.extend(fix.edits.iter().cloned());
            }
        }
        (!edits.is_empty()).then(|| CodeAction {
            title: "Fix all that is safe".to_owned(),
            kind: Some(fix_all()),
            edit: Some(self.edit(&edits)),
            ..CodeAction::default()
        })
    }

    fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let mut all = Edits::default();
        edits.iter().for_each(|edit| all.add(&self.seen.uri, Some(self.snapshot.version), self.text, edit.span, &edit.text));
        all.finish(&self.seen.client)
    }

    /// An edit of the list of accepted findings. If it is not there yet, the client has to make it.
    fn edit_of_store(&self, edits: &[Edit], file: &str) -> Option<WorkspaceEdit> {
        let path = self.workspace.root.join(file);
        let uri = convert::uri(&path)?;
        let text = &self.workspace.store.text;
        let text = Text { text, lines: &LineIndex::new(text), encoding: self.seen.client.encoding };
        let mut all = Edits::default();
        edits.iter().for_each(|edit| all.add(&uri, None, text, edit.span, &edit.text));
        if !path.is_file() {
            self.seen.client.creates_files.then(|| all.create())?;
        }
        Some(all.finish(&self.seen.client))
    }
}

/// A client may ask for some kinds only; a kind stands for all that begin with it.
fn wants(context: &CodeActionContext, ours: &CodeActionKind) -> bool {
    let is_ours = |kind: &CodeActionKind| {
        let rest = ours.as_str().strip_prefix(kind.as_str());
        kind.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(is_ours))
}
