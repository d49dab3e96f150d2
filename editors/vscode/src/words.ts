/** Words for people: what a verdict is called and how a source is described. Knows nothing of VS Code. */
import type { Passage, Source, Status, Verdict } from "./protocol.ts";

const VERDICTS: Record<Verdict, string> = {
  supported: "Supported",
  partial: "Partly supported",
  unsupported: "Unsupported",
  contradicted: "Contradicted",
  misquoted: "Misquoted",
  judgement: "Judgement",
  "not-a-claim": "Not a claim",
};

export function verdict(name: Verdict): string {
  return VERDICTS[name] ?? name;
}

/** An icon of VS Code's own: its shape tells as much as its colour. */
export function icon(name: Verdict): { id: string; color?: string } {
  switch (name) {
    case "supported":
      return { id: "pass", color: "testing.iconPassed" };
    case "partial":
      return { id: "circle-large-outline", color: "list.warningForeground" };
    case "unsupported":
      return { id: "question", color: "list.warningForeground" };
    case "contradicted":
      return { id: "error", color: "list.errorForeground" };
    case "misquoted":
      return { id: "quote", color: "list.errorForeground" };
    case "judgement":
      return { id: "lightbulb" };
    default:
      return { id: "dash" };
  }
}

/** `p. 4, 2024-03-15, Ansel Lantern, B2` */
export function about(of: Partial<Pick<Passage, "place" | "date" | "publisher" | "grade">>): string {
  return [of.place, of.date, of.publisher, of.grade].filter((part) => part).join(", ");
}

export function marks(source: Source): string {
  if (source.unreadable !== undefined) {
    return `not read: ${source.unreadable}`;
  }
  const cited = source.citedBy === 0 ? "never cited" : `cited by ${source.citedBy} note${source.citedBy === 1 ? "" : "s"}`;
  return [cited, about(source)].filter((part) => part).join(" · ");
}

/** What stands in the status bar, with an icon of VS Code's. */
export function statusText(status: Status | undefined, failure: string | undefined, findings: number): string {
  if (failure !== undefined) {
    return "$(error) Corroborate";
  }
  if (status === undefined || !status.quiescent) {
    return "$(sync~spin) Corroborate: reading sources";
  }
  const health = status.health === "ok" ? "$(check)" : "$(warning)";
  return `${health} Corroborate: ${findings} finding${findings === 1 ? "" : "s"}, ${status.sources} source${status.sources === 1 ? "" : "s"}`;
}
