/** The session with the server: starting it, stopping it, and asking it. */
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  type ClientCapabilities,
  type Executable,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";
import * as protocol from "./protocol.ts";
import { Patience } from "./patience.ts";
import { candidates, find, Missing } from "./server.ts";

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

/** The library's client shows a notification for many an error. Here they go to the output, and the session says one thing. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** How things are, for whoever shows them. */
export interface State {
  /** Why there is no server. */
  failure?: string;
  /** Whether it answers. */
  running?: boolean;
  status?: protocol.Status;
}

export class Session implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel("Corroborate", { log: true });
  state: State = {};
  private client: QuietClient | undefined;
  /** Counts starts and stops: whoever waited sees whether another one came after. */
  private turn = 0;
  private readonly patience = new Patience();
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly middleware: Middleware,
  ) {}

  /** Starts the server anew, whatever ran before. */
  async start(): Promise<void> {
    await this.stop();
    const turn = ++this.turn;
    this.tell({});
    const program = await this.program();
    if (turn !== this.turn || program === undefined) {
      return;
    }
    const run: Executable = { command: program, args: ["lsp"] };
    const client = new QuietClient("corroborate", "Corroborate", { run, debug: run }, this.options(turn));
    this.client = client;
    client.registerFeature(new AnnouncesStatus());
    client.onNotification(protocol.status, (status) => {
      if (turn === this.turn) {
        this.tell({ running: true, status });
      }
    });
    try {
      await client.start();
    } catch (error) {
      // The error itself speaks of pipes and connections; the library's client has put it into the output.
      if (turn === this.turn) {
        this.failed(`The server “${program}” did not start. Its output may say why.`);
      }
      return;
    }
    if (turn === this.turn) {
      this.tell({ ...this.state, running: true });
    }
  }

  /** The program to run; says why where there is none. */
  private async program(): Promise<string | undefined> {
    const wanted = (this.context.extension.packageJSON as { version: string }).version;
    // Settings of scope "machine" never come from a workspace.
    const setting = vscode.workspace.getConfiguration("corroborate").get<string>("server.path", "");
    try {
      const found = await find(candidates(setting, this.context.extensionPath, process.env.PATH ?? ""), wanted);
      this.output.info(`${found.program} (${found.version}), from ${found.origin}`);
      return found.program;
    } catch (error) {
      this.failed(error instanceof Missing ? error.message : String(error));
      return undefined;
    }
  }

  private options(turn: number): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "markdown" },
        { scheme: "untitled", language: "markdown" },
        // Sources that are open tell which notes rest on them.
        { scheme: "file", pattern: "**/sources/**" },
      ],
      outputChannel: this.output,
      traceOutputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // Words of sources are shown and never run.
      markdown: { isTrusted: false, supportHtml: false },
      middleware: this.middleware,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.ended(turn);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }

  /** The server has ended by itself. Before it answered, `start` is told as well and says so. */
  private ended(turn: number): void {
    if (turn !== this.turn || this.state.running !== true) {
      return;
    }
    this.client = undefined;
    if (this.patience.hasEnded(Date.now())) {
      this.output.warn("The server has ended and is started again.");
      void this.start();
    } else {
      this.failed("The server ended several times. Its output may say why.");
    }
  }

  /** One message, with what can be done about it. */
  private failed(failure: string): void {
    this.output.error(failure);
    this.tell({ failure });
    void this.complain(failure);
  }

  private async complain(words: string): Promise<void> {
    const settings = "Open Settings";
    const output = "Show Output";
    const choice = await vscode.window.showErrorMessage(`Corroborate: ${words}`, settings, output);
    if (choice === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "corroborate.server.path");
    } else if (choice === output) {
      this.output.show();
    }
  }

  private tell(state: State): void {
    this.state = state;
    this.changed.fire(state);
  }

  async stop(): Promise<void> {
    this.turn += 1;
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It had not started, or did not answer: the client ends its process all the same.
    }
  }

  /** Sends a request; undefined where there is no server or it has no answer. */
  async ask<T>(send: (client: LanguageClient) => Promise<T>): Promise<T | undefined> {
    if (this.client === undefined || !this.client.isRunning()) {
      return undefined;
    }
    try {
      return await send(this.client);
    } catch {
      // Cancelled, about a text that has changed, or an older server: there is nothing to show.
      return undefined;
    }
  }

  /** Has the server do something that the user asked for, who is told if it cannot be done. */
  async execute<T>(title: string, command: string, ...args: unknown[]): Promise<T | null | undefined> {
    const client = this.client;
    if (client === undefined || !client.isRunning()) {
      await this.complain(this.state.failure ?? "The server is not running yet.");
      return undefined;
    }
    const send = () => client.sendRequest<T | null>("workspace/executeCommand", { command, arguments: args });
    try {
      return await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, send);
    } catch (error) {
      this.output.error(`${command}: ${String(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
    this.output.dispose();
  }
}
