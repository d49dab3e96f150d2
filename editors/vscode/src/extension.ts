/** Wires the parts together. What each does stands in its own file. */
import * as vscode from "vscode";
import { Session } from "./client.ts";
import { registerCommands } from "./commands.ts";
import { EvidenceView } from "./evidence.ts";
import { openExample } from "./example.ts";
import { LibraryView } from "./library.ts";
import { PassageDecoration } from "./passages.ts";
import { StatusItem } from "./status.ts";
import { GutterMarks } from "./verdicts.ts";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  session = new Session(context);
  const passages = new PassageDecoration();
  context.subscriptions.push(
    session,
    passages,
    new StatusItem(session),
    new EvidenceView(session, passages),
    new LibraryView(session),
    new GutterMarks(session, context.extensionUri),
    vscode.commands.registerCommand("corroborate.openExample", () => openExample(context)),
    ...registerCommands(session),
  );
  await session.start();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}
