/** How often a server may end before it is left alone. Knows nothing of VS Code, so that it can be tested. */

const MOST = 3;
const SPAN = 180_000;

export class Patience {
  private ends: number[] = [];

  /** Notes an end at `now` (milliseconds). True if another start is worth it: not more than three within three minutes. */
  hasEnded(now: number): boolean {
    this.ends = [...this.ends.filter((end) => now - end < SPAN), now];
    return this.ends.length <= MOST;
  }
}
