/** The evidence view: it follows the cursor and shows the sentence, its verdict and every passage. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import type { PassageDecoration } from "./passages.ts";
import * as protocol from "./protocol.ts";
import { about, icon, verdict } from "./words.ts";

/** Milliseconds without a move before the server is asked. */
const PAUSE = 120;

type Node = { kind: "sentence"; evidence: protocol.Evidence } | { kind: "passage"; passage: protocol.Passage };

export class EvidenceView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private evidence: protocol.Evidence | undefined;
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
      session.onChange(() => this.follow(vscode.window.activeTextEditor)),
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
    const { line, character } = editor.selection.active;
    const params = { textDocument: { uri: editor.document.uri.toString() }, position: { line, character } };
    const found = await this.session.ask((client) => client.sendRequest(protocol.evidence, params));
    if (found === undefined || editor !== vscode.window.activeTextEditor) {
      return;
    }
    this.evidence = found ?? undefined;
    this.view.description = found === null ? "" : verdict(found.verdict);
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return this.evidence === undefined ? [] : [{ kind: "sentence", evidence: this.evidence }];
    }
    return node.kind === "sentence" ? node.evidence.passages.map((passage) => ({ kind: "passage", passage })) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === "sentence" ? sentence(node.evidence) : passage(node.passage);
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }
}

function sentence(evidence: protocol.Evidence): vscode.TreeItem {
  const item = new vscode.TreeItem(verdict(evidence.verdict), vscode.TreeItemCollapsibleState.Expanded);
  const { id, color } = icon(evidence.verdict);
  item.iconPath = new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = evidence.text;
  item.tooltip = evidence.text;
  item.accessibilityInformation = { label: `${verdict(evidence.verdict)}: ${evidence.text}` };
  return item;
}

function passage(of: protocol.Passage): vscode.TreeItem {
  const item = new vscode.TreeItem(of.text);
  const against = of.role === "conflicts";
  item.iconPath = new vscode.ThemeIcon(against ? "error" : "quote", against ? new vscode.ThemeColor("list.errorForeground") : undefined);
  item.description = [of.title, about(of)].filter((part) => part).join(", ");
  item.tooltip = `“${of.text}”\n\n${item.description}`;
  item.command = { command: "corroborate.openPassage", title: "Open the source", arguments: [of] };
  item.accessibilityInformation = { label: `${against ? "Against it" : "For it"}: ${of.text}, ${item.description}` };
  return item;
}
