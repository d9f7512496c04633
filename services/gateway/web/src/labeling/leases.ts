/** The queue as one tab sees it: claims one at a time, signs of life, giving back. Holds no page itself. */
import { address, csrfToken, post } from "../api/http";
import type { Page } from "../api/labeling-types";
import { randomId } from "../api/random";
import { ClosedTabs } from "./closed-tabs";

/** A request names at most so many tokens. */
const MOST_TOKENS = 4;
/** A client holds at most so many pages: the one at work and the one ahead. A page on its way counts until it is saved. */
export const MOST_PAGES = 2;

export class Leases {
  private turn: Promise<unknown> = Promise.resolve();
  private readonly closed: ClosedTabs;

  constructor(
    readonly project: string,
    private readonly client: string,
  ) {
    this.closed = new ClosedTabs(project, client);
  }

  /** A page of `size`: first of all what closed tabs left. The token is made before asking: asked again, it gets the same page. */
  claim(size: number, have: readonly string[], token = randomId()): Promise<Page> {
    return this.inTurn(async () => {
      const gone = await this.closed.find();
      const page = await post<Page>(`/projects/${this.project}/claim`, { token, client: this.client, size, have: have.slice(0, MOST_TOKENS), gone });
      if (page.items.length === 0) this.closed.forget(gone);
      return page;
    });
  }

  /** Named items again: drafts whose lease was lost. Answers those that can be had. */
  claimItems(items: readonly string[]): Promise<Page> {
    return this.inTurn(() => post<Page>(`/projects/${this.project}/claim-items`, { token: randomId(), client: this.client, items }));
  }

  /** Answers the tokens that are still ours. */
  async beat(tokens: readonly string[], idleMs: number): Promise<ReadonlySet<string>> {
    const body = { client: this.client, tokens: tokens.slice(0, MOST_TOKENS), idle_ms: Math.round(idleMs) };
    const answer = await post<{ alive: Record<string, number> }>(`/projects/${this.project}/heartbeat`, body);
    return new Set(Object.keys(answer.alive));
  }

  /** Gives items back. A failure is left to the lease's end. */
  async release(tokens: readonly string[], items?: readonly string[]): Promise<void> {
    if (tokens.length === 0) return;
    await post(`/projects/${this.project}/release`, { client: this.client, tokens, ...(items && { items }) }).catch(() => undefined);
  }

  /** Gives pages back while this page is being closed. */
  releaseOnClose(tokens: readonly string[]): void {
    if (tokens.length === 0) return;
    const body = new Blob([JSON.stringify({ client: this.client, tokens })], { type: "application/json" });
    navigator.sendBeacon(address(`/projects/${this.project}/release`, { csrf: csrfToken() }), body);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work, work);
    this.turn = next.catch(() => undefined);
    return next;
  }
}
