/** The commands of the palette. What they do happens in the server, as far as it is about notes and sources. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";
import * as protocol from "./protocol.ts";
import { marks } from "./words.ts";

export function registerCommands(session: Session): vscode.Disposable[] {
  const command = vscode.commands.registerCommand;
  return [
    command("corroborate.restart", () => session.restart()),
    command("corroborate.showOutput", () => session.output.show()),
    command("corroborate.rebuildIndex", () => session.execute("corroborate.reindex")),
    command("corroborate.openReport", () => session.execute("corroborate.showReport")),
    command("corroborate.explainAtCursor", () => explain(session)),
    command("corroborate.insertCitation", () => insertCitation(session)),
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
    await session.execute("corroborate.explain", { uri: editor.document.uri.toString(), position: { line, character } });
  }
}

/** Lets the user choose a source, and puts a citation of it at the cursor. */
async function insertCitation(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const sources = await session.ask((client) => client.sendRequest(protocol.sources));
  if (editor === undefined || sources === undefined) {
    return;
  }
  const readable = sources.filter((source) => source.unreadable === undefined);
  const items = readable.map((source) => ({ label: source.title, description: source.key, detail: marks(source), key: source.key }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Insert a citation",
    placeHolder: "Title, key, publisher or date of a source",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen !== undefined) {
    await editor.edit((edit) => edit.insert(editor.selection.active, `[@${chosen.key}]`));
  }
}

function jump(step: 1 | -1): void {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const here = editor.selection.active;
  const found = findings(editor.document.uri);
  const starts = found.map((finding) => finding.range.start);
  const next = step > 0 ? starts.find((at) => at.isAfter(here)) ?? starts[0] : starts.findLast((at) => at.isBefore(here)) ?? starts.at(-1);
  if (next !== undefined) {
    editor.selection = new vscode.Selection(next, next);
    editor.revealRange(new vscode.Range(next, next), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
