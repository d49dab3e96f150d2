/** The item in the status bar: how the server is, and how many findings the note has. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import { findings } from "./commands.ts";
import { statusText } from "./words.ts";

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("corroborate.status", vscode.StatusBarAlignment.Left, 1);
  private readonly listeners: vscode.Disposable[];

  constructor(private readonly session: Session) {
    this.item.name = "Corroborate";
    this.item.command = "corroborate.showOutput";
    this.listeners = [
      session.onChange(() => this.update()),
      vscode.languages.onDidChangeDiagnostics(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
    ];
    this.update();
    this.item.show();
  }

  private update(): void {
    const { status, failure } = this.session.state;
    const note = vscode.window.activeTextEditor?.document;
    this.item.text = statusText(status, failure, note === undefined ? 0 : findings(note.uri).length);
    const lines = [failure, status?.message, status && `${status.sources} sources, ${status.unreadable} that cannot be read, ${status.notes} notes`];
    this.item.tooltip = lines.filter((line) => line).join("\n");
    const wrong = failure !== undefined ? "statusBarItem.errorBackground" : undefined;
    this.item.backgroundColor = wrong && new vscode.ThemeColor(wrong);
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }
}
