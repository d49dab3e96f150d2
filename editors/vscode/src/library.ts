/** The library view: all sources, which of them are never cited, and which cannot be read. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import * as protocol from "./protocol.ts";
import { marks } from "./words.ts";

export class LibraryView implements vscode.TreeDataProvider<protocol.Source>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<protocol.Source>;
  private readonly listeners: vscode.Disposable[];

  constructor(private readonly session: Session) {
    this.view = vscode.window.createTreeView("corroborate.library", { treeDataProvider: this });
    this.listeners = [
      this.view,
      session.onChange(({ status }) => status?.quiescent && this.changed.fire()),
      vscode.workspace.onDidSaveTextDocument(({ languageId }) => languageId === "markdown" && this.changed.fire()),
      vscode.commands.registerCommand("corroborate.refreshSources", () => this.changed.fire()),
    ];
  }

  async getChildren(source?: protocol.Source): Promise<protocol.Source[]> {
    if (source !== undefined) {
      return [];
    }
    const sources = (await this.session.ask((client) => client.sendRequest(protocol.sources))) ?? [];
    this.view.description = sources.length === 0 ? "" : String(sources.length);
    return sources;
  }

  getTreeItem(source: protocol.Source): vscode.TreeItem {
    const item = new vscode.TreeItem(source.title);
    item.description = marks(source);
    item.tooltip = `${source.path}\n${marks(source)}`;
    const icon = source.unreadable !== undefined ? "warning" : source.citedBy === 0 ? "circle-outline" : "book";
    item.iconPath = new vscode.ThemeIcon(icon, source.unreadable === undefined ? undefined : new vscode.ThemeColor("list.warningForeground"));
    if (source.uri !== null) {
      item.command = { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(source.uri, true)] };
    }
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }
}
