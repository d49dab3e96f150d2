/** Shows the proof of a note that the server wrote: a page without scripts, in a tab of its own. */
import * as vscode from "vscode";
import type { Session } from "./client.ts";

export async function openProof(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const uri = editor.document.uri.toString();
  const written = await session.execute<{ uri: string }>("Writing the proof", "corroborate.writeProof", { uri });
  if (written === undefined || written === null) {
    return;
  }
  const file = vscode.Uri.parse(written.uri);
  const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const name = vscode.workspace.asRelativePath(editor.document.uri);
  const options = { enableScripts: false, enableForms: false, localResourceRoots: [], enableFindWidget: true };
  const panel = vscode.window.createWebviewPanel("corroborate.proof", `Proof of ${name}`, vscode.ViewColumn.Beside, options);
  panel.webview.html = page;
  const browser = "Open in the Browser";
  if ((await vscode.window.showInformationMessage(`The proof of ${name} is written.`, browser)) === browser) {
    await vscode.env.openExternal(file);
  }
}
