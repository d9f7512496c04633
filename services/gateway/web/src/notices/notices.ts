/** Exports that were asked for in this browser: running ones are watched, ended ones are kept as notices (F226). One list a person. */
import type { ExportFormat, ExportJob, JobState } from "../api/types";

export interface Notice {
  export: string;
  project: string;
  projectName: string;
  format: ExportFormat;
  state: JobState;
  at: string;
  seen: boolean;
}

const MOST = 30;
const ENDED: readonly JobState[] = ["succeeded", "failed", "canceled"];

export const isOver = (state: JobState): boolean => ENDED.includes(state);

export class Notices {
  private readonly listeners = new Set<() => void>();
  private list: readonly Notice[] | null = null;

  constructor(private readonly key: string) {
    // What another tab of the same person learned.
    window.addEventListener("storage", (event) => event.key === this.key && this.changed(null));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Newest first. */
  readonly all = (): readonly Notice[] => (this.list ??= read(this.key));

  begin(job: ExportJob, projectName: string): void {
    const { id, project, format, state, requested_at: at } = job;
    this.keep([{ export: id, project, projectName, format, state, at, seen: true }, ...this.all()]);
  }

  /** Takes over what is known of an export. True if that is its end, and news. */
  learn(job: ExportJob): boolean {
    const before = this.all().find((one) => one.export === job.id);
    if (!before || before.state === job.state) return false;
    const over = isOver(job.state);
    this.keep(this.all().map((one) => (one === before ? { ...one, state: job.state, at: job.finished_at ?? one.at, seen: !over } : one)));
    return over;
  }

  forget(id: string): void {
    this.keep(this.all().filter((one) => one.export !== id));
  }

  see(): void {
    if (this.all().some((one) => !one.seen)) this.keep(this.all().map((one) => ({ ...one, seen: true })));
  }

  /** Running ones stay. */
  clear(): void {
    this.keep(this.all().filter((one) => !isOver(one.state)));
  }

  private keep(list: readonly Notice[]): void {
    const kept = list.slice(0, MOST);
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing still shows them until it is closed.
    }
    this.changed(kept);
  }

  private changed(list: readonly Notice[] | null): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }
}

function read(key: string): readonly Notice[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as Notice[]) : [];
  } catch {
    return [];
  }
}

const lists = new Map<string, Notices>();

export function noticesOf(person: string): Notices {
  let found = lists.get(person);
  if (!found) lists.set(person, (found = new Notices(`labelbus.notices.${person}`)));
  return found;
}
