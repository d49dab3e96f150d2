/** The example: copied to where it may be changed, and opened as a folder. */
import * as vscode from "vscode";

export async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, "port-ansel");
  try {
    await vscode.workspace.fs.stat(folder);
  } catch {
    await vscode.workspace.fs.createDirectory(context.globalStorageUri);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, "example"), folder);
  }
  // In the window that is there if nothing is open in it.
  const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
  await vscode.commands.executeCommand("vscode.openFolder", folder, { forceNewWindow });
}
