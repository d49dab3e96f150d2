/** Opens passages of sources, and marks the one that was opened last. */
import * as vscode from "vscode";
import type { Passage } from "./protocol.ts";

export class PassageDecoration implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
    borderColor: new vscode.ThemeColor("contrastActiveBorder"),
    borderStyle: "dotted",
    borderWidth: "1px",
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.findMatchForeground"),
  });
  private marked: vscode.TextEditor | undefined;

  async open(passage: Passage): Promise<void> {
    const { start, end } = passage.range;
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(passage.uri, true));
    const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
    this.marked?.setDecorations(this.decoration, []);
    editor.setDecorations(this.decoration, [range]);
    this.marked = editor;
  }

  dispose(): void {
    this.decoration.dispose();
  }
}
