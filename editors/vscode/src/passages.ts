/** Opens passages of sources, and marks the one that was gone to last, by a click or by F12. */
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import type { Passage } from "./protocol.ts";

interface Place {
  uri: vscode.Uri;
  range: vscode.Range;
}

export class PassageDecoration implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
    borderColor: new vscode.ThemeColor("contrastActiveBorder"),
    borderStyle: "dotted",
    borderWidth: "1px",
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.findMatchForeground"),
  });
  private marked: Place | undefined;
  /** Where the last answer to F12 leads. Ctrl and the mouse ask as well, so it counts only when one goes there. */
  private expected: Place[] = [];
  private readonly listeners: vscode.Disposable[];

  /** Notes where definitions lead. */
  readonly middleware: Middleware = {
    provideDefinition: async (document, position, token, next) => {
      const found = await next(document, position, token);
      this.expected = [found ?? []].flat().map(place);
      return found;
    },
    provideImplementation: async (document, position, token, next) => {
      const found = await next(document, position, token);
      this.expected = [found ?? []].flat().map(place);
      return found;
    },
  };

  constructor() {
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor((editor) => this.arrived(editor)),
      // An editor forgets its decorations when another tab hides it.
      vscode.window.onDidChangeVisibleTextEditors(() => this.show()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.toString() === this.marked?.uri.toString()) {
          this.mark(undefined);
        }
      }),
    ];
  }

  async open(passage: Passage): Promise<void> {
    const { start, end } = passage.range;
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    const uri = vscode.Uri.parse(passage.uri, true);
    const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
    this.mark({ uri: editor.document.uri, range });
  }

  private arrived(editor: vscode.TextEditor | undefined): void {
    const there = this.expected.find(({ uri }) => uri.toString() === editor?.document.uri.toString());
    if (there !== undefined) {
      this.expected = [];
      this.mark(there);
    }
  }

  private mark(place: Place | undefined): void {
    this.marked = place;
    this.show();
  }

  private show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const here = this.marked !== undefined && editor.document.uri.toString() === this.marked.uri.toString();
      editor.setDecorations(this.decoration, here && this.marked !== undefined ? [this.marked.range] : []);
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners, this.decoration).dispose();
  }
}

function place(found: vscode.Location | vscode.LocationLink): Place {
  return "targetUri" in found ? { uri: found.targetUri, range: found.targetSelectionRange ?? found.targetRange } : found;
}
