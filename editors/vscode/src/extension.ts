/** Wires the parts together. What each does stands in its own file. */
import * as vscode from "vscode";
import { Session } from "./client.ts";
import { registerCommands } from "./commands.ts";
import { EvidenceView } from "./evidence.ts";
import { openExample, showFirstNote } from "./example.ts";
import { LibraryView } from "./library.ts";
import { PassageDecoration } from "./passages.ts";
import { StatusItem } from "./status.ts";
import { GutterMarks } from "./verdicts.ts";

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const passages = new PassageDecoration();
  const started = new Session(context, passages.middleware);
  session = started;
  context.subscriptions.push(
    started,
    passages,
    new StatusItem(started),
    new EvidenceView(started, passages),
    new LibraryView(started, context.workspaceState),
    new GutterMarks(started, context.extensionUri),
    vscode.commands.registerCommand("corroborate.openExample", () => openExample(context)),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("corroborate.server.path") && started.start()),
    ...registerCommands(started),
  );
  // Nobody has to wait for the server: what there is to tell is told in the status bar.
  void started.start();
  void showFirstNote(context);
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}
