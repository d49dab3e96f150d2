/** The evidence view: it follows the cursor and shows the sentence, its verdict and every passage. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import type { PassageDecoration } from "./passages.ts";
import * as protocol from "./protocol.ts";
import { about, icon, role, verdict, wrapped } from "./words.ts";

/** Milliseconds without a move before the server is asked. */
const PAUSE = 120;

type Node =
  | { kind: "sentence"; evidence: protocol.Evidence }
  | { kind: "origins"; words: string }
  | { kind: "passage"; passage: protocol.Passage }
  // Rows of a tree do not wrap and a side bar is narrow: what is known of a passage and its words stand in several.
  | { kind: "row"; passage: protocol.Passage; words?: string };

export class EvidenceView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private evidence: protocol.Evidence | undefined;
  /** The note that the evidence is about. */
  private note: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly listeners: vscode.Disposable[];

  constructor(
    private readonly session: Session,
    passages: PassageDecoration,
  ) {
    this.view = vscode.window.createTreeView("corroborate.evidence", { treeDataProvider: this });
    this.listeners = [
      this.view,
      vscode.window.onDidChangeTextEditorSelection((event) => this.follow(event.textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.languages.onDidChangeDiagnostics(() => this.follow(vscode.window.activeTextEditor)),
      this.view.onDidChangeVisibility(() => this.follow(vscode.window.activeTextEditor)),
      session.onChange(({ failure }) => {
        if (failure !== undefined) {
          this.show(undefined);
        }
        this.follow(vscode.window.activeTextEditor);
      }),
      vscode.commands.registerCommand("corroborate.openPassage", (passage: protocol.Passage) => passages.open(passage)),
    ];
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    clearTimeout(this.timer);
    // What was last shown stays while another kind of file is looked at, such as a source.
    if (editor?.document.languageId === "markdown" && this.view.visible) {
      this.timer = setTimeout(() => void this.update(editor), PAUSE);
    }
  }

  private async update(editor: vscode.TextEditor): Promise<void> {
    const uri = editor.document.uri.toString();
    const { line, character } = editor.selection.active;
    const params = { textDocument: { uri }, position: { line, character } };
    const found = await this.session.ask((client) => client.sendRequest(protocol.evidence, params));
    if (found === undefined || editor !== vscode.window.activeTextEditor) {
      return;
    }
    // A source in Markdown has no evidence of its own: that of the note stays, as beside any other source.
    if (found !== null || uri === this.note) {
      this.note = uri;
      this.show(found ?? undefined);
    }
  }

  private show(evidence: protocol.Evidence | undefined): void {
    this.evidence = evidence;
    this.view.description = evidence === undefined ? "" : verdict(evidence.verdict);
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return this.evidence === undefined ? [] : [{ kind: "sentence", evidence: this.evidence }];
    }
    if (node.kind === "sentence") {
      const { origins, passages } = node.evidence;
      const found: Node[] = passages.map((passage) => ({ kind: "passage", passage }));
      return origins === undefined ? found : [{ kind: "origins", words: origins }, ...found];
    }
    if (node.kind === "row" || node.kind === "origins") {
      return [];
    }
    const { passage } = node;
    const rows: Node[] = wrapped(passage.text).map((words) => ({ kind: "row", passage, words }));
    return about(passage) === "" ? rows : [{ kind: "row", passage }, ...rows];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "sentence":
        return sentence(node.evidence);
      case "passage":
        return passage(node.passage);
      case "row":
        return row(node.passage, node.words);
      case "origins":
        return origins(node.words);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }
}

function sentence(evidence: protocol.Evidence): vscode.TreeItem {
  const item = new vscode.TreeItem(verdict(evidence.verdict), vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = themeIcon(icon(evidence.verdict));
  item.description = evidence.text;
  item.tooltip = evidence.origins === undefined ? evidence.text : `${evidence.text}\n\n${evidence.origins}`;
  const origins = evidence.origins === undefined ? "" : ` ${evidence.origins}.`;
  item.accessibilityInformation = { label: `${verdict(evidence.verdict)}: ${evidence.text}${origins}` };
  return item;
}

/** On how many origins it rests. */
function origins(words: string): vscode.TreeItem {
  const item = new vscode.TreeItem(words);
  item.iconPath = new vscode.ThemeIcon("references");
  item.tooltip = words;
  return item;
}

function passage(of: protocol.Passage): vscode.TreeItem {
  const item = new vscode.TreeItem(of.title, vscode.TreeItemCollapsibleState.Expanded);
  const { words, ...shown } = role(of.role);
  item.iconPath = themeIcon(shown);
  item.accessibilityInformation = { label: `${words}: ${of.title}, ${about(of)}. ${of.text}` };
  return opening(item, of);
}

/** Some words of a passage, or its place, date, publisher and grade, which are fainter. */
function row(of: protocol.Passage, words: string | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(words ?? "");
  if (words === undefined) {
    item.description = about(of);
    item.accessibilityInformation = { label: about(of) };
  }
  return opening(item, of);
}

function opening(item: vscode.TreeItem, of: protocol.Passage): vscode.TreeItem {
  item.tooltip = `${of.text}\n\n${role(of.role).words}: ${[of.title, about(of)].filter((part) => part).join(", ")}`;
  item.command = { command: "corroborate.openPassage", title: "Open the source", arguments: [of] };
  return item;
}

function themeIcon({ id, color }: { id: string; color?: string }): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
