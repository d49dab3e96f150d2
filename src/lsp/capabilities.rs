//! What client and server can do, settled once at the start.

use tower_lsp::lsp_types::*;

use super::{code_action, command, completion, semantic_tokens};

use crate::text::Encoding;

/// What was negotiated with the client.
#[derive(Clone, Copy, Debug)]
pub struct ClientFeatures {
    pub encoding: Encoding,
    pub hover_markdown: bool,
    pub related_information: bool,
    pub code_description: bool,
    /// Can show words faded, as nobody needs them.
    pub fades: bool,
    pub definition_link: bool,
    pub work_done_progress: bool,
    pub watches_files: bool,
    /// Understands actions that are edits; older clients know only commands.
    pub code_actions: bool,
    /// Understands edits of one version of a document.
    pub document_changes: bool,
    /// Can make files that are not there as a part of an edit.
    pub creates_files: bool,
    /// Shows files when asked to.
    pub show_document: bool,
    /// Asks for diagnostics by itself.
    pub pulls_diagnostics: bool,
    /// Asks for those of all notes besides. When it is told to ask again, Neovim 0.12 asks for nothing else
    /// and leaves open notes as they were (`on_refresh` in its `lsp/diagnostic.lua`).
    pub pulls_all_diagnostics: bool,
    /// Shows symbols as a tree.
    pub symbol_tree: bool,
    /// Asks what would be renamed before it renames.
    pub prepares_rename: bool,
    /// Tells its settings when it is asked.
    pub configuration: bool,
    /// Has to be asked to tell when they change.
    pub registers_configuration: bool,
    /// Can be told to ask again.
    pub refreshes: Refreshes,
    /// Wants to know how the server is.
    pub status: bool,
}

/// What a client can be told to ask for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshes {
    pub diagnostics: bool,
    pub code_lens: bool,
    pub inlay_hint: bool,
    pub semantic_tokens: bool,
}

impl Refreshes {
    fn of(workspace: Option<&WorkspaceClientCapabilities>) -> Self {
        let workspace = workspace.cloned().unwrap_or_default();
        Self {
            diagnostics: workspace.diagnostic.and_then(|it| it.refresh_support).unwrap_or(false),
            code_lens: workspace.code_lens.and_then(|it| it.refresh_support).unwrap_or(false),
            inlay_hint: workspace.inlay_hint.and_then(|it| it.refresh_support).unwrap_or(false),
            semantic_tokens: workspace.semantic_tokens.and_then(|it| it.refresh_support).unwrap_or(false),
        }
    }
}

impl ClientFeatures {
    /// What a client can do that has this name.
    pub fn with(client: &ClientCapabilities, name: Option<&str>) -> Self {
        let text = client.text_document.as_ref();
        let published = text.and_then(|t| t.publish_diagnostics.as_ref());
        let hover = text.and_then(|t| t.hover.as_ref()).and_then(|h| h.content_format.as_ref());
        let symbols = text.and_then(|t| t.document_symbol.as_ref());
        let window = client.window.as_ref();
        let actions = text.and_then(|t| t.code_action.as_ref()).and_then(|a| a.code_action_literal_support.as_ref());
        let edits = client.workspace.as_ref().and_then(|w| w.workspace_edit.as_ref());
        let watched = client.workspace.as_ref().and_then(|w| w.did_change_watched_files.as_ref());
        Self {
            encoding: encoding(client),
            hover_markdown: hover.is_some_and(|formats| formats.first() == Some(&MarkupKind::Markdown)),
            related_information: published.and_then(|p| p.related_information).unwrap_or(false),
            code_description: published.and_then(|p| p.code_description_support).unwrap_or(false),
            fades: (published.and_then(|p| p.tag_support.as_ref()))
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            definition_link: text.and_then(|t| t.definition.as_ref()).and_then(|d| d.link_support).unwrap_or(false),
            work_done_progress: window.and_then(|w| w.work_done_progress).unwrap_or(false),
            watches_files: watched.and_then(|w| w.dynamic_registration).unwrap_or(false),
            code_actions: actions.is_some(),
            document_changes: edits.and_then(|e| e.document_changes).unwrap_or(false),
            creates_files: edits
                .and_then(|e| e.resource_operations.as_ref())
                .is_some_and(|o| o.contains(&ResourceOperationKind::Create)),
            show_document: window.and_then(|w| w.show_document.as_ref()).is_some_and(|it| it.support),
            pulls_all_diagnostics: name != Some("Neovim"),
            pulls_diagnostics: text.is_some_and(|t| t.diagnostic.is_some()),
            symbol_tree: symbols.and_then(|s| s.hierarchical_document_symbol_support).unwrap_or(false),
            configuration: client.workspace.as_ref().and_then(|w| w.configuration).unwrap_or(false),
            registers_configuration: (client.workspace.as_ref())
                .and_then(|w| w.did_change_configuration.as_ref())
                .and_then(|it| it.dynamic_registration)
                .unwrap_or(false),
            prepares_rename: text.and_then(|t| t.rename.as_ref()).and_then(|r| r.prepare_support).unwrap_or(false),
            refreshes: Refreshes::of(client.workspace.as_ref()),
            status: client.experimental.as_ref().is_some_and(|it| it["corroborateStatus"] == true),
        }
    }

    pub fn server(&self) -> ServerCapabilities {
        let work_done_progress_options = WorkDoneProgressOptions::default();
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
                    code_action_kinds: Some(vec![
                        CodeActionKind::QUICKFIX,
                        CodeActionKind::REFACTOR_REWRITE,
                        code_action::fix_all(),
                        code_action::source_list(),
                    ]),
                    ..CodeActionOptions::default()
                })
            }),
            implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(DocumentLinkOptions { resolve_provider: Some(false), work_done_progress_options }),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            inlay_hint_provider: Some(OneOf::Left(true)),
            semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
                work_done_progress_options,
                legend: semantic_tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Bool(true)),
            })),
            completion_provider: Some(CompletionOptions {
                resolve_provider: Some(true),
                trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            rename_provider: Some(match self.prepares_rename {
                true => OneOf::Right(RenameOptions { prepare_provider: Some(true), work_done_progress_options }),
                false => OneOf::Left(true),
            }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: command::NAMES.map(str::to_owned).to_vec(),
                work_done_progress_options,
            }),
            diagnostic_provider: (self.pulls_diagnostics && self.refreshes.diagnostics).then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("corroborate".to_owned()),
                    inter_file_dependencies: false,
                    workspace_diagnostics: self.pulls_all_diagnostics,
                    work_done_progress_options,
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                    will_rename: Some(FileOperationRegistrationOptions { filters: all_files() }),
                    ..WorkspaceFileOperationsServerCapabilities::default()
                }),
            }),
            ..ServerCapabilities::default()
        }
    }
}

impl ClientFeatures {
    /// What the client is asked to tell of when it is ready.
    pub fn registrations(&self) -> Vec<Registration> {
        let files = self.watches_files.then(|| {
            let watchers = vec![FileSystemWatcher { glob_pattern: GlobPattern::String("**/*".to_owned()), kind: None }];
            Registration {
                id: "files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok(),
            }
        });
        let settings = self.registers_configuration.then(|| Registration {
            id: "settings".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(serde_json::json!({ "section": "corroborate" })),
        });
        files.into_iter().chain(settings).collect()
    }
}

/// Any file or folder may be a source, or lie in the way of one.
fn all_files() -> Vec<FileOperationFilter> {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }]
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
