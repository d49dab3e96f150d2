/** The commands of the palette. What they do happens in the server, as far as it is about notes and sources. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import { openProof } from "./proof.ts";

// The client library registers the server's own commands under their names, so ours are called otherwise.
export function registerCommands(session: Session): vscode.Disposable[] {
  const command = vscode.commands.registerCommand;
  return [
    command("corroborate.restart", () => session.start()),
    command("corroborate.showOutput", () => session.output.show()),
    command("corroborate.rebuildIndex", () => session.execute("Reading all sources again", "corroborate.reindex")),
    command("corroborate.openReport", () => session.execute("Writing the report", "corroborate.showReport")),
    command("corroborate.openProof", () => openProof(session)),
    command("corroborate.explainAtCursor", () => explain(session)),
    command("corroborate.insertCitation", insertCitation),
    command("corroborate.nextFinding", () => jump(1)),
    command("corroborate.previousFinding", () => jump(-1)),
  ];
}

/** Our findings in a note, in the order of the text. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  const ours = vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "corroborate");
  return ours.sort((a, b) => a.range.start.compareTo(b.range.start));
}

async function explain(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const { line, character } = editor.selection.active;
    const place = { uri: editor.document.uri.toString(), position: { line, character } };
    await session.execute("Explaining the claim", "corroborate.explain", place);
  }
}

/** Begins a citation and leaves the rest to completion: the server finds sources by key and title. */
async function insertCitation(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const at = editor.selection.end;
  const before = editor.document.getText(new vscode.Range(at.line, 0, at.line, at.character));
  await editor.edit((edit) => edit.insert(at, /\S$/.test(before) ? " [@" : "[@"));
  const end = editor.selection.end;
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand("editor.action.triggerSuggest");
}

function jump(step: 1 | -1): void {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const here = editor.selection.active;
  const starts = findings(editor.document.uri).map((finding) => finding.range.start);
  const next = step > 0 ? starts.find((at) => at.isAfter(here)) ?? starts[0] : starts.findLast((at) => at.isBefore(here)) ?? starts.at(-1);
  if (next !== undefined) {
    editor.selection = new vscode.Selection(next, next);
    editor.revealRange(new vscode.Range(next, next), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
