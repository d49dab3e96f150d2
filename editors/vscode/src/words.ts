/** Words for people: what a verdict is called and how a source is described. Knows nothing of VS Code. */
import type { Passage, Source, Status, Verdict } from "./protocol.ts";

/** An icon of VS Code's own, and a colour of the theme. */
export interface Icon {
  id: string;
  color?: string;
}

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

/** The shape tells as much as the colour. */
export function icon(name: Verdict): Icon {
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

/** What a passage is to the sentence. */
export function role(name: Passage["role"]): Icon & { words: string } {
  switch (name) {
    case "conflicts":
      return { id: "error", color: "list.errorForeground", words: "Against it" };
    case "supports":
      return { id: "check", color: "testing.iconPassed", words: "For it" };
    default:
      return { id: "search", words: "Nearest" };
  }
}

/** `p. 4, 2024-03-15, Ansel Lantern, B2` */
export function about(of: Partial<Pick<Passage, "place" | "date" | "publisher" | "grade">>): string {
  return [of.place, of.date, of.publisher, of.grade].filter((part) => part).join(", ");
}

/** Characters that a row of a side bar shows in its usual width. */
const WIDTH = 32;

/** A text cut at blanks into rows of a side bar. */
export function wrapped(text: string, width = WIDTH): string[] {
  const rows: string[] = [];
  for (const word of text.split(/\s+/).filter((word) => word !== "")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      rows[rows.length - 1] = `${last} ${word}`;
    } else {
      rows.push(word);
    }
  }
  return rows;
}

/** `unread · never cited · 2024-03-15, Ansel Lantern`. Unread is what nobody has opened in this window. */
export function marks(source: Source, opened: boolean): string {
  if (source.unreadable !== undefined) {
    return `cannot be read: ${source.unreadable}`;
  }
  const cited = source.citedBy === 0 ? "never cited" : `cited by ${counted(source.citedBy, "note")}`;
  return [opened ? "" : "unread", cited, about(source)].filter((part) => part).join(" · ");
}

/** The path of a file, without what nobody sees or what turns the direction of reading: it comes as the file's own. */
export function seen(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu, "");
}

/** One sign for what most wants to be looked at. */
export function badge(source: Source, opened: boolean): string {
  if (source.unreadable !== undefined) {
    return "!";
  }
  return opened ? "" : "●";
}

export function sourceIcon(source: Source): Icon {
  if (source.unreadable !== undefined) {
    return { id: "warning", color: "list.warningForeground" };
  }
  return { id: source.citedBy === 0 ? "circle-outline" : "book" };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

interface State {
  failure?: string;
  running?: boolean;
  status?: Status;
}

/** What stands in the status bar, with an icon of VS Code's; `findings` where a note is looked at. */
export function statusText({ failure, running, status }: State, findings: number | undefined): string {
  if (failure !== undefined) {
    return "$(error) Corroborate";
  }
  if (running !== true) {
    return "$(sync~spin) Corroborate: starting";
  }
  if (status?.quiescent === false) {
    return "$(sync~spin) Corroborate: reading sources";
  }
  const health = status?.health === undefined || status.health === "ok" ? "$(check)" : "$(warning)";
  // A server that does not tell how it is still has findings.
  const counts = [findings === undefined ? "" : counted(findings, "finding"), status && counted(status.sources, "source")];
  const told = counts.filter((part) => part).join(", ");
  return `${health} Corroborate${told && `: ${told}`}`;
}

export function statusTooltip({ failure, status }: State): string {
  const counts = status && `${counted(status.sources, "source")}, ${status.unreadable} that cannot be read, ${counted(status.notes, "note")}`;
  return [failure, status?.message, counts].filter((line) => line).join("\n");
}
