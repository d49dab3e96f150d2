/** The example: copied to where it may be changed, opened as a folder, and its first note shown. */
import * as vscode from "vscode";

/** The activation event of this name in package.json starts the extension in the example's window. */
const FIRST_NOTE = "notes/01-port-inquiry.md";

function folderOf(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, "port-ansel");
}

export async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const folder = folderOf(context);
  const { fs } = vscode.workspace;
  try {
    await fs.stat(folder);
  } catch {
    // Renamed when it is whole: half a copy would be taken for all of it the next time.
    const part = vscode.Uri.joinPath(context.globalStorageUri, "port-ansel.part");
    await fs.createDirectory(context.globalStorageUri);
    await fs.copy(vscode.Uri.joinPath(context.extensionUri, "example"), part, { overwrite: true });
    await fs.rename(part, folder);
  }
  // In the window that is there if nothing is open in it.
  const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
  await vscode.commands.executeCommand("vscode.openFolder", folder, { forceNewWindow });
}

/** In the example's window, as long as no file is open there. */
export async function showFirstNote(context: vscode.ExtensionContext): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const opened = tabs.some((tab) => tab.input instanceof vscode.TabInputText);
  if (folders.length === 1 && folders[0]?.uri.fsPath === folderOf(context).fsPath && !opened) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folders[0].uri, FIRST_NOTE), { preview: false });
  }
}
