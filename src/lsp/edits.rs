//! Edits of several files, put together as the client understands them.

use std::collections::HashMap;

use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::capabilities::ClientFeatures;
use super::convert::{self, Text};
use crate::library::bibliography;
use crate::library::files;
use crate::text::{Encoding, LineIndex, Span};
use crate::workspace::Workspace;

#[derive(Debug, Default)]
pub struct Edits(Vec<DocumentEdits>);

#[derive(Debug)]
struct DocumentEdits {
    uri: Url,
    /// Of a document that is open.
    version: Option<i32>,
    is_new: bool,
    edits: Vec<TextEdit>,
}

impl Edits {
    /// Puts words in the place of a span. Lines end as the text's do.
    pub fn add(&mut self, uri: &Url, version: Option<i32>, text: Text<'_>, span: Span, new: &str) {
        let ending = if text.text.contains("\r\n") { "\r\n" } else { "\n" };
        let edit = TextEdit { range: text.range(span), new_text: new.replace('\n', ending) };
        match self.0.last_mut().filter(|last| last.uri == *uri) {
            Some(last) => last.edits.push(edit),
            None => self.0.push(DocumentEdits { uri: uri.clone(), version, is_new: false, edits: vec![edit] }),
        }
    }

    /// The file that was edited last is not there yet. Only for clients that can make files.
    pub fn create(&mut self) {
        if let Some(last) = self.0.last_mut() {
            last.is_new = true;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Edits of open documents name their version where the client can have that.
    pub fn finish(self, client: &ClientFeatures) -> WorkspaceEdit {
        if self.0.iter().any(|edited| edited.is_new) {
            let operations = self.0.into_iter().flat_map(DocumentEdits::operations).collect();
            let changes = DocumentChanges::Operations(operations);
            return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
        }
        if !client.document_changes {
            let changes: HashMap<Url, Vec<TextEdit>> = self.0.into_iter().map(|edited| (edited.uri, edited.edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let documents = DocumentChanges::Edits(self.0.into_iter().map(DocumentEdits::document).collect());
        WorkspaceEdit { document_changes: Some(documents), ..WorkspaceEdit::default() }
    }
}

impl DocumentEdits {
    fn document(self) -> TextDocumentEdit {
        TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: self.uri, version: self.version },
            edits: self.edits.into_iter().map(OneOf::Left).collect(),
        }
    }

    fn operations(self) -> impl Iterator<Item = DocumentChangeOperation> {
        let create = self.is_new.then(|| {
            let options = Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) });
            ResourceOp::Create(CreateFile { uri: self.uri.clone(), options, annotation_id: None })
        });
        create.map(DocumentChangeOperation::Op).into_iter().chain([DocumentChangeOperation::Edit(self.document())])
    }
}

/// A bibliography as it lies on the disk.
pub struct Bibliography<'w> {
    /// Relative to the root.
    pub path: &'w str,
    pub uri: Url,
    pub text: String,
    lines: LineIndex,
}

impl Bibliography<'_> {
    pub fn text(&self, encoding: Encoding) -> Text<'_> {
        Text { text: &self.text, lines: &self.lines, encoding }
    }
}

/// The bibliographies of a workspace that can be read.
pub fn bibliographies(workspace: &Workspace) -> impl Iterator<Item = Bibliography<'_>> {
    workspace.files.bibliographies.iter().filter_map(|path| {
        let file = workspace.root.join(path);
        let text = files::read_text(&workspace.root, path, bibliography::LARGEST).ok()?;
        Some(Bibliography { path, uri: convert::uri(&file)?, lines: LineIndex::new(&text), text })
    })
}
