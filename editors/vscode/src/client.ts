/** The session with the server: starting it, stopping it, and asking it. */
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type ClientCapabilities,
  type Executable,
  type LanguageClientOptions,
  type StaticFeature,
} from "vscode-languageclient/node";
import * as protocol from "./protocol.ts";
import { candidates, find, Missing } from "./server.ts";

/** Restarts in a row; more would only be more of the same. */
const MOST_RESTARTS = 3;

/** Tells the server that we show how it is. */
class AnnouncesStatus implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...capabilities.experimental, corroborateStatus: true };
  }
  initialize(): void {}
  getState(): { kind: "static" } {
    return { kind: "static" };
  }
  clear(): void {}
}

/** How things are, for whoever shows them. */
export interface State {
  /** Why there is no server. */
  failure?: string;
  status?: protocol.Status;
}

export class Session implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel("Corroborate", { log: true });
  state: State = {};
  private client: LanguageClient | undefined;
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onChange = this.changed.event;

  constructor(private readonly context: vscode.ExtensionContext) {}

  async start(): Promise<void> {
    this.tell({});
    let program: string;
    try {
      const wanted = (this.context.extension.packageJSON as { version: string }).version;
      // Settings of scope "machine" never come from a workspace.
      const setting = vscode.workspace.getConfiguration("corroborate").get<string>("server.path", "");
      const found = await find(candidates(setting, this.context.extensionPath, process.env.PATH ?? ""), wanted);
      this.output.info(`${found.program} (${found.version}), from ${found.origin}`);
      program = found.program;
    } catch (error) {
      return this.failed(error instanceof Missing ? error.message : String(error));
    }
    const run: Executable = { command: program, args: ["lsp"] };
    this.client = new LanguageClient("corroborate", "Corroborate", { run, debug: run }, this.options());
    this.client.registerFeature(new AnnouncesStatus());
    this.client.onNotification(protocol.status, (status) => this.tell({ status }));
    try {
      await this.client.start();
    } catch (error) {
      this.failed(`The server did not start: ${String(error)}`);
    }
  }

  private options(): LanguageClientOptions {
    let restarts = 0;
    return {
      documentSelector: [
        { scheme: "file", language: "markdown" },
        { scheme: "untitled", language: "markdown" },
        // Sources that are open tell which notes rest on them.
        { scheme: "file", pattern: "**/sources/**" },
      ],
      outputChannel: this.output,
      traceOutputChannel: this.output,
      // Words of sources are shown and never run.
      markdown: { isTrusted: false, supportHtml: false },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          restarts += 1;
          if (restarts <= MOST_RESTARTS) {
            return { action: CloseAction.Restart, handled: true };
          }
          this.failed("The server ended several times. Its output may say why.");
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }

  /** One message, with what can be done about it. */
  private failed(failure: string): void {
    this.output.error(failure);
    this.tell({ failure });
    const settings = "Open Settings";
    const output = "Show Output";
    void vscode.window.showErrorMessage(`Corroborate: ${failure}`, settings, output).then((choice) => {
      if (choice === settings) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "corroborate.server.path");
      } else if (choice === output) {
        this.output.show();
      }
    });
  }

  private tell(state: State): void {
    this.state = state;
    this.changed.fire(state);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose();
  }

  /** Sends a request; undefined where there is no server or it has no answer. */
  async ask<T>(send: (client: LanguageClient) => Promise<T>): Promise<T | undefined> {
    if (this.client === undefined || !this.client.isRunning()) {
      return undefined;
    }
    try {
      return await send(this.client);
    } catch {
      // Cancelled, or about a text that has changed: it will be asked again.
      return undefined;
    }
  }

  async execute(command: string, ...args: unknown[]): Promise<unknown> {
    return this.ask((client) => client.sendRequest("workspace/executeCommand", { command, arguments: args }));
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
    this.output.dispose();
  }
}
