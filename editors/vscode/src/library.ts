/** The library view: all sources, which of them you never opened or cited, and which cannot be read. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import * as protocol from "./protocol.ts";
import { badge, marks, seen, sourceIcon } from "./words.ts";

/** Under this name the window's memory holds what was opened. */
const OPENED = "opened";
/** Rows have addresses of this scheme, so that a badge can stand at their right end, which is never cut off. */
const SCHEME = "corroborate-library";

export class LibraryView implements vscode.TreeDataProvider<protocol.Source>, vscode.FileDecorationProvider, vscode.Disposable {
  private sources: protocol.Source[] = [];
  private readonly opened: Set<string>;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<protocol.Source>;
  private readonly listeners: vscode.Disposable[];

  constructor(
    private readonly session: Session,
    private readonly memory: vscode.Memento,
  ) {
    this.opened = new Set(memory.get<string[]>(OPENED, []));
    this.view = vscode.window.createTreeView("corroborate.library", { treeDataProvider: this });
    this.listeners = [
      this.view,
      vscode.window.registerFileDecorationProvider(this),
      session.onChange(({ running, status, failure }) => {
        if (failure !== undefined || (running === true && status?.quiescent !== false)) {
          this.changed.fire();
        }
      }),
      vscode.workspace.onDidSaveTextDocument(({ languageId }) => languageId === "markdown" && this.changed.fire()),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.looked(editors)),
      vscode.commands.registerCommand("corroborate.refreshSources", () => this.changed.fire()),
      vscode.commands.registerCommand("corroborate.openSource", (source: protocol.Source) => this.open(source)),
    ];
  }

  private looked(editors: readonly vscode.TextEditor[]): void {
    const seen = editors.map((editor) => editor.document.uri);
    const fresh = this.sources.filter((source) => !this.opened.has(source.path) && seen.some((uri) => shows(uri, source)));
    if (fresh.length > 0) {
      fresh.forEach(({ path }) => this.opened.add(path));
      void this.memory.update(OPENED, [...this.opened]);
      this.changed.fire();
    }
  }

  /** Shows a source's text, which for a PDF or a mail is not its file. */
  private async open({ path, uri, unreadable }: protocol.Source): Promise<void> {
    if (uri !== null) {
      const shown = unreadable === undefined ? await this.session.ask((client) => client.sendRequest(protocol.rendition, { path, uri })) : undefined;
      await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(shown?.uri ?? uri, true));
    }
  }

  async getChildren(source?: protocol.Source): Promise<protocol.Source[]> {
    if (source !== undefined) {
      return [];
    }
    this.sources = (await this.session.ask((client) => client.sendRequest(protocol.sources))) ?? [];
    this.view.description = this.sources.length === 0 ? "" : String(this.sources.length);
    return this.sources;
  }

  getTreeItem(source: protocol.Source): vscode.TreeItem {
    const told = marks(source, this.opened.has(source.path));
    const item = new vscode.TreeItem(source.title);
    item.description = told;
    item.resourceUri = vscode.Uri.from({ scheme: SCHEME, path: `/${source.path}`, query: badge(source, this.opened.has(source.path)) });
    item.tooltip = `${source.title}\n${seen(source.path)}\n${told}`;
    const { id, color } = sourceIcon(source);
    item.iconPath = new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.accessibilityInformation = { label: `${source.title}, ${told}` };
    if (source.uri !== null) {
      item.command = { command: "corroborate.openSource", title: "Open", arguments: [source] };
    }
    return item;
  }

  provideFileDecoration({ scheme, query }: vscode.Uri): vscode.FileDecoration | undefined {
    return scheme === SCHEME && query !== "" ? new vscode.FileDecoration(query) : undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }
}

/** Whether a file is a source, or the text that the server has made of it. */
function shows(file: vscode.Uri, source: protocol.Source): boolean {
  const own = source.uri !== null && vscode.Uri.parse(source.uri).toString() === file.toString();
  return own || file.path.endsWith(`/renditions/${source.path}.md`);
}
