/** The item in the status bar: how the server is, and how many findings the note has. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import { findings } from "./commands.ts";
import { statusText, statusTooltip } from "./words.ts";

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
    const { state } = this.session;
    const document = vscode.window.activeTextEditor?.document;
    // Of a source or a program there is nothing to count.
    const count = document?.languageId === "markdown" ? findings(document.uri).length : undefined;
    this.item.text = statusText(state, count);
    this.item.tooltip = statusTooltip(state);
    this.item.accessibilityInformation = { label: this.item.text.replace(/\$\([^)]*\) /, "") };
    this.item.backgroundColor = state.failure === undefined ? undefined : new vscode.ThemeColor("statusBarItem.errorBackground");
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }
}
