/** Which tabs of this browser labeled in a project and are closed by now: what they hold need not wait for its lease to end. */
import { lockOf } from "./client";

const LISTS = "labelbus.clients.";
const KEPT = 16;
/** A claim names at most so many. */
const NAMED = 8;
/** A tab that reloads lets go of its lock for as long as its page loads. */
const RELOAD_MS = 4_000;

function listed(project: string): string[] {
  return JSON.parse(localStorage.getItem(LISTS + project) ?? "[]") as string[];
}

function keep(project: string, clients: readonly string[]): void {
  localStorage.setItem(LISTS + project, JSON.stringify(clients.slice(0, KEPT)));
}

/** At sign-out: who signs in next in this browser may be somebody else. */
export function forgetTabs(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(LISTS)) localStorage.removeItem(key);
}

export class ClosedTabs {
  /** Since when each was seen without its lock; null until somebody looked. */
  private missing: ReadonlyMap<string, number> | null = null;

  constructor(
    private readonly project: string,
    private readonly own: string,
  ) {}

  /** Tabs that are closed for sure. A tab that is seen without its lock for the first time may be reloading, unless nobody looked before. */
  async find(): Promise<string[]> {
    const others = listed(this.project).filter((client) => client !== this.own);
    keep(this.project, [this.own, ...others]);
    // Without locks (plain http on a network) nobody can tell: the leases end by themselves.
    if (!("locks" in navigator)) return [];
    const locks = await navigator.locks.query().catch(() => null);
    if (!locks) return [];
    const alive = new Set([...(locks.held ?? []), ...(locks.pending ?? [])].map((lock) => lock.name));
    const now = Date.now();
    const before = this.missing;
    const away = others.filter((client) => !alive.has(lockOf(client)));
    this.missing = new Map(away.map((client) => [client, before ? (before.get(client) ?? now) : 0]));
    return away.filter((client) => now - (this.missing?.get(client) ?? now) >= RELOAD_MS).slice(0, NAMED);
  }

  /** Nothing of theirs is left to take over. */
  forget(clients: readonly string[]): void {
    if (clients.length > 0) keep(this.project, listed(this.project).filter((client) => !clients.includes(client)));
  }
}
