/** Marks in the gutter for the verdict on each claim, if the setting asks for them. Each has a shape of its own. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import * as protocol from "./protocol.ts";

/** Milliseconds after the last finding changed. */
const PAUSE = 300;
/** The worst verdict of a line is the one that is shown. */
const WORST_FIRST = ["contradicted", "misquoted", "unsupported", "partial", "supported", "judgement"] as const;

export class GutterMarks implements vscode.Disposable {
  private readonly types: Map<string, vscode.TextEditorDecorationType>;
  private readonly listeners: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly session: Session,
    extension: vscode.Uri,
  ) {
    const icon = (name: string, theme: string) => vscode.Uri.joinPath(extension, "media", `${name}-${theme}.svg`);
    const type = (name: string) =>
      vscode.window.createTextEditorDecorationType({
        light: { gutterIconPath: icon(name, "light") },
        dark: { gutterIconPath: icon(name, "dark") },
        gutterIconSize: "contain",
      });
    this.types = new Map(WORST_FIRST.map((name) => [name, type(name)]));
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.update(), PAUSE);
    };
    this.listeners = [
      vscode.languages.onDidChangeDiagnostics(later),
      vscode.window.onDidChangeVisibleTextEditors(later),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("corroborate.gutter") && later()),
      session.onChange(later),
    ];
  }

  private async update(): Promise<void> {
    const wanted = vscode.workspace.getConfiguration("corroborate").get<boolean>("gutter", false);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.languageId === "markdown") {
        await this.mark(editor, wanted);
      }
    }
  }

  private async mark(editor: vscode.TextEditor, wanted: boolean): Promise<void> {
    const params = { textDocument: { uri: editor.document.uri.toString() } };
    const judged = wanted ? await this.session.ask((client) => client.sendRequest(protocol.verdicts, params)) : [];
    if (judged === undefined) {
      return;
    }
    const lines = new Map<number, number>();
    for (const { range, verdict } of judged) {
      const rank = WORST_FIRST.indexOf(verdict as (typeof WORST_FIRST)[number]);
      const line = range.start.line;
      if (rank >= 0 && rank < (lines.get(line) ?? WORST_FIRST.length)) {
        lines.set(line, rank);
      }
    }
    WORST_FIRST.forEach((name, rank) => {
      const of = [...lines].filter(([, own]) => own === rank).map(([line]) => new vscode.Range(line, 0, line, 0));
      const type = this.types.get(name);
      if (type !== undefined) {
        editor.setDecorations(type, of);
      }
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.listeners, ...this.types.values()).dispose();
  }
}
