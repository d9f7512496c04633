/** The queue's rules of handing out, in memory, with answers that take their time. Stands in for the server in unit tests. */
import type { LeasedItem, Page, SubmitItem } from "../../src/api/labeling-types";

interface Ask {
  token: string;
  size: number;
  have: string[];
  gone?: string[];
  items?: SubmitItem[] | string[];
  tokens?: string[];
}

export class SlowQueue {
  /** Item to the token that it is held by. */
  readonly held = new Map<string, string>();
  /** Item to the client of another tab of the same person that holds it. */
  readonly elsewhere = new Map<string, string>();
  readonly saved: string[] = [];
  /** With somebody else. */
  readonly taken = new Set<string>();
  /** Submitted again, or without being held. */
  readonly lost: string[] = [];

  constructor(
    private readonly items: readonly string[],
    /** Milliseconds before each answer arrives. */
    private readonly delay: () => number,
  ) {}

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const path = url.split("/").at(-1);
    const body = this.obey(path ?? "", typeof init.body === "string" ? (JSON.parse(init.body) as Ask) : null);
    await new Promise((resolve) => setTimeout(resolve, this.delay()));
    return new Response(JSON.stringify(body), { status: body === null ? 404 : 200 });
  };

  /** Its lease ends, and somebody else takes it. */
  lose(id: string): void {
    this.held.delete(id);
    this.taken.add(id);
  }

  private obey(path: string, ask: Ask | null): unknown {
    if (ask && path === "claim") return this.claim(ask);
    if (ask && path === "release") return this.release(ask);
    if (ask && path === "heartbeat") return { alive: Object.fromEntries((ask.tokens ?? []).filter((token) => [...this.held.values()].includes(token)).map((token) => [token, 1])) };
    if (path === "p") return { run_state: "running" };
    if (ask && path === "submit") return { results: (ask.items as SubmitItem[]).map((item) => this.submit(item.id, ask.token)) };
    return null;
  }

  /** What this client holds and does not name comes first, then what closed tabs left. */
  private claim({ token, size, have, gone = [] }: Ask): Page {
    const lost = [...this.held].filter(([, holder]) => !have.includes(holder)).map(([id]) => id);
    const left = [...this.elsewhere].filter(([, client]) => gone.includes(client)).map(([id]) => id);
    const free = this.items.filter((id) => !this.held.has(id) && !this.elsewhere.has(id) && !this.taken.has(id) && !this.saved.includes(id));
    const page = [...lost, ...left, ...free].slice(0, size);
    for (const id of page) this.elsewhere.delete(id);
    for (const id of page) this.held.set(id, token);
    return { token, kind: 2, until: 0, items: page.map(leased), others_hold: 0, own_hold: page.length > 0 ? 0 : this.elsewhere.size, pending: 0 };
  }

  private release({ tokens = [], items }: Ask): object {
    const named = (id: string): boolean => !items || (items as string[]).includes(id);
    for (const [id, token] of this.held) if (tokens.includes(token) && named(id)) this.held.delete(id);
    return {};
  }

  private submit(id: string, token: string): object {
    const mine = this.held.get(id) === token;
    if (mine) this.held.delete(id);
    (mine ? this.saved : this.lost).push(id);
    return { id, result: mine ? "saved" : "lost", version: 2, state: "labeled", field: "", message: "" };
  }
}

function leased(id: string): LeasedItem {
  return { id, version: 1, name: id, source: { datastore: "default", key: id, etag: id, size: 1 }, media: null, answers: [] };
}
