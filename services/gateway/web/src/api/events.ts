/** Live hints from the server (SSE). A hint only says what to fetch again; it carries no state. Silent while the tab is hidden. */
import { BASE } from "./http";
import { queries } from "./queries";

type Listener = (hint: Hint) => void;
export interface Hint {
  event: "project" | "progress" | "export" | "refresh" | "dataset" | "import" | "session";
  project: string;
}

const EVENTS: Hint["event"][] = ["project", "progress", "export", "refresh", "dataset", "import", "session"];
const STALE: Record<Hint["event"], (project: string) => unknown[][]> = {
  project: (id) => [["projects"], ["project", id], ["progress", id]],
  progress: (id) => [["projects"], ["progress", id]],
  export: (id) => [["exports", id]],
  refresh: (id) => [["refreshes", id], ["messages", id], ["progress", id]],
  dataset: () => [["datasets"], ["dataset"]],
  import: (id) => [["imports", id]],
  session: () => [["session"]],
};
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** One connection for the whole tab. `fine` is false once a connection was lost and until it is back. */
export class LiveEvents {
  fine = true;
  private source: EventSource | null = null;
  private timer = 0;
  private wait = FIRST_WAIT_MS;
  private readonly hints = new Set<Listener>();
  private readonly changes = new Set<() => void>();

  start(): void {
    document.addEventListener("visibilitychange", this.look);
    this.look();
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.look);
    this.close();
  }

  onHint(listener: Listener): () => void {
    this.hints.add(listener);
    return () => this.hints.delete(listener);
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.changes.add(listener);
    return () => this.changes.delete(listener);
  };

  private readonly look = (): void => {
    if (document.hidden) this.close();
    else if (!this.source) this.open();
  };

  private open(): void {
    const source = new EventSource(`${BASE}/events`);
    this.source = source;
    source.onopen = () => {
      this.wait = FIRST_WAIT_MS;
      this.tell(true);
      void queries.invalidateQueries();
    };
    source.onerror = () => {
      if (this.source !== source) return;
      this.close();
      this.tell(false);
      this.timer = window.setTimeout(this.look, this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    };
    for (const event of EVENTS) source.addEventListener(event, (message) => this.take(event, String(message.data)));
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private take(event: Hint["event"], data: string): void {
    let project: string;
    try {
      project = (JSON.parse(data) as { project?: string }).project ?? "";
    } catch {
      return;
    }
    for (const queryKey of STALE[event](project)) void queries.invalidateQueries({ queryKey });
    for (const listener of this.hints) listener({ event, project });
  }

  private tell(fine: boolean): void {
    if (fine === this.fine) return;
    this.fine = fine;
    for (const listener of this.changes) listener();
  }
}

export const liveEvents = new LiveEvents();
