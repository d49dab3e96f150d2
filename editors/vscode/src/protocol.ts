/** What the server says beyond the Language Server Protocol; see docs/protocol.md of the project. */
import { NotificationType, RequestType, RequestType0, type Range, type TextDocumentIdentifier, type TextDocumentPositionParams } from "vscode-languageclient";

export interface Status {
  health: "ok" | "warning" | "error";
  quiescent: boolean;
  message?: string | null;
  sources: number;
  unreadable: number;
  notes: number;
}

export type Verdict = "supported" | "partial" | "unsupported" | "contradicted" | "misquoted" | "judgement" | "not-a-claim";

export interface Passage {
  role: "supports" | "conflicts" | "nearest";
  title: string;
  key: string;
  uri: string;
  range: Range;
  text: string;
  place: string;
  date?: string;
  publisher?: string;
  grade?: string;
}

export interface Evidence {
  range: Range;
  text: string;
  verdict: Verdict;
  origins?: string;
  passages: Passage[];
}

export interface Judged {
  range: Range;
  verdict: Verdict;
}

export interface Source {
  key: string;
  title: string;
  path: string;
  uri: string | null;
  citedBy: number;
  unreadable?: string;
  date?: string;
  publisher?: string;
  grade?: string;
}

export const status = new NotificationType<Status>("corroborate/status");
export const evidence = new RequestType<TextDocumentPositionParams, Evidence | null, void>("corroborate/evidence");
export const verdicts = new RequestType<{ textDocument: TextDocumentIdentifier }, Judged[], void>("corroborate/verdicts");
export const rendition = new RequestType<{ path: string; uri: string }, { uri: string } | null, void>("corroborate/rendition");
export const sources = new RequestType0<Source[], void>("corroborate/sources");
