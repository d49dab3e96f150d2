//! What client and server can do, settled once at the start.

use tower_lsp::lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, HoverProviderCapability, MarkupKind,
    OneOf, PositionEncodingKind, ResourceOperationKind, SaveOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};

use crate::text::Encoding;

/// What was negotiated with the client.
#[derive(Clone, Copy, Debug)]
pub struct Negotiated {
    pub encoding: Encoding,
    pub hover_markdown: bool,
    pub related_information: bool,
    pub code_description: bool,
    pub definition_link: bool,
    pub work_done_progress: bool,
    pub watches_files: bool,
    /// Understands actions that are edits; older clients know only commands.
    pub code_actions: bool,
    /// Understands edits of one version of a document.
    pub document_changes: bool,
    /// Can make files that are not there as a part of an edit.
    pub creates_files: bool,
}

impl Negotiated {
    pub fn with(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let published = text.and_then(|t| t.publish_diagnostics.as_ref());
        let hover = text.and_then(|t| t.hover.as_ref()).and_then(|h| h.content_format.as_ref());
        let window = client.window.as_ref();
        let actions = text.and_then(|t| t.code_action.as_ref()).and_then(|a| a.code_action_literal_support.as_ref());
        let edits = client.workspace.as_ref().and_then(|w| w.workspace_edit.as_ref());
        let watched = client.workspace.as_ref().and_then(|w| w.did_change_watched_files.as_ref());
        Self {
            encoding: encoding(client),
            hover_markdown: hover.is_some_and(|formats| formats.first() == Some(&MarkupKind::Markdown)),
            related_information: published.and_then(|p| p.related_information).unwrap_or(false),
            code_description: published.and_then(|p| p.code_description_support).unwrap_or(false),
            definition_link: text.and_then(|t| t.definition.as_ref()).and_then(|d| d.link_support).unwrap_or(false),
            work_done_progress: window.and_then(|w| w.work_done_progress).unwrap_or(false),
            watches_files: watched.and_then(|w| w.dynamic_registration).unwrap_or(false),
            code_actions: actions.is_some(),
            document_changes: edits.and_then(|e| e.document_changes).unwrap_or(false),
            creates_files: edits
                .and_then(|e| e.resource_operations.as_ref())
                .is_some_and(|o| o.contains(&ResourceOperationKind::Create)),
        }
    }

    pub fn server(&self) -> ServerCapabilities {
        let encoding = match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        };
        ServerCapabilities {
            position_encoding: Some(encoding),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
                ..TextDocumentSyncOptions::default()
            })),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            code_action_provider: self.code_actions.then(|| {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
                    ..CodeActionOptions::default()
                })
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// The first encoding of the client's list, which is in its order of preference; UTF-16 where
/// it has none.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|g| g.position_encodings.as_ref());
    offered
        .into_iter()
        .flatten()
        .find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        })
        .unwrap_or(Encoding::Utf16)
}
