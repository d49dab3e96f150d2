/**
 * Which program is the server: the setting of the machine, the one that came with the extension, or the one
 * on the PATH. No file of a workspace has a say in this. Knows nothing of VS Code, so that it can be tested.
 */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export interface Candidate {
  program: string;
  /** Where it comes from, in words for the user. */
  origin: string;
}

export interface Found extends Candidate {
  version: string;
}

const OF_SETTING = "the setting corroborate.server.path";
const NAME = process.platform === "win32" ? "corroborate.exe" : "corroborate";

/** Programs that could be the server, the first one that is there counts. A setting is the user's word: nothing else is tried. */
export function candidates(setting: string, extension: string, searched: string): Candidate[] {
  if (setting !== "") {
    return [{ program: setting.replace(/^~(?=[/\\])/, os.homedir()), origin: OF_SETTING }];
  }
  const found: Candidate[] = [{ program: path.join(extension, "bundled", NAME), origin: "the extension" }];
  for (const folder of searched.split(path.delimiter)) {
    // A relative folder on the PATH would be one of the workspace.
    if (path.isAbsolute(folder)) {
      found.push({ program: path.join(folder, NAME), origin: "the PATH" });
    }
  }
  return found;
}

export class Missing extends Error {}

/** The first candidate that is there and answers as the server does. */
export async function find(among: Candidate[], wanted: string): Promise<Found> {
  const relative = among.find((candidate) => !path.isAbsolute(candidate.program));
  if (relative !== undefined) {
    // It would be looked for in the folder that VS Code was started in, which may be the workspace.
    throw new Missing(`“${relative.program}” of ${relative.origin} is not a full path.`);
  }
  const there = among.find((candidate) => isProgram(candidate.program));
  if (there === undefined) {
    const set = among.find((candidate) => candidate.origin === OF_SETTING);
    throw new Missing(
      set === undefined
        ? "The program “corroborate” was not found: not in the extension, and not on the PATH."
        : `The program “${set.program}” of ${set.origin} is not there or cannot be run.`,
    );
  }
  const version = await versionOf(there.program);
  if (version === undefined) {
    throw new Missing(`“${there.program}” of ${there.origin} does not answer “--version” as corroborate does.`);
  }
  if (series(version) !== series(wanted)) {
    throw new Missing(`“${there.program}” of ${there.origin} is version ${version}, which does not fit the extension (${wanted}).`);
  }
  return { ...there, version };
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function versionOf(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, ["--version"], { timeout: 5000 }, (error, output) => {
      resolve(error ? undefined : /^corroborate (\d+\.\d+\.\d+\S*)/.exec(output)?.[1]);
    });
  });
}

/** Of 0.1.2 it is 0.1: patches fit each other. */
function series(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
