/** Where pages come from: claims, the page fetched ahead, signs of life, giving back. Knows nothing of labels. */
import { isTouched } from "../annotator/page";
import { draftOf } from "./drafts";
import { Leases, MOST_PAGES } from "./leases";
import { outbox } from "./outbox";
import type { Place } from "./place";
import { prefetch } from "./prefetch";
import { joined, prepare, tokensOf, type WorkItem, type WorkPage } from "./work-page";

export class Supply {
  private ready: WorkPage | null = null;
  private looking: Promise<void> | null = null;
  private closed = false;
  private readonly leases: Leases;

  constructor(
    private readonly user: string,
    private readonly project: string,
    private readonly set: string,
    client: string,
  ) {
    this.leases = new Leases(project, client);
  }

  /** A page of `size`, beside the `active` items; with `token`, the page that this token stands for. Throws ApiError. */
  async claim(size: number, active: readonly WorkItem[], token?: string): Promise<WorkPage> {
    const page = await this.leases.claim(size, this.held(active), token);
    prefetch([...active, ...page.items]);
    return prepare(this.user, this.set, page);
  }

  /** The page to begin with: that of `place`, else the one fetched ahead, else a new one of `size`. Throws ApiError. */
  async first(size: number, place: Place | null): Promise<WorkPage> {
    if (place) return this.reopen(place);
    return (await this.awaited()) ?? this.claim(size, []);
  }

  /** The page of `place` again. Items with a draft that went back to the queue meanwhile are claimed by name, if nobody has them. */
  private async reopen(place: Place): Promise<WorkPage> {
    const page = await this.claim(place.items.length, [], place.tokens[0]);
    const here = new Set(page.items.map((item) => item.id));
    const stranded = await this.drafted(place.items.filter((item) => !here.has(item.id)));
    if (stranded.length === 0) return page;
    const back = await this.claimAgain(stranded);
    const room = Math.max(0, place.items.length - back.items.length);
    await this.giveBack(page.items.slice(room));
    return joined(back, { ...page, items: page.items.slice(0, room) });
  }

  private async drafted(items: Place["items"]): Promise<string[]> {
    const drafts = await Promise.all(items.map((item) => draftOf(this.user, item.id, item.version).catch(() => null)));
    return items.flatMap((item, at) => (drafts[at] && isTouched(drafts[at]) ? [item.id] : []));
  }

  async claimAgain(ids: readonly string[]): Promise<WorkPage> {
    const page = await this.leases.claimItems(ids);
    prefetch(page.items);
    return prepare(this.user, this.set, page);
  }

  /** Claims the next page and decodes its pictures while `active` is worked on. Throws ApiError. */
  async lookAhead(size: number, active: readonly WorkItem[]): Promise<void> {
    if (this.ready || this.looking || this.closed || this.held(active).length >= MOST_PAGES) return;
    this.looking = this.fetchAhead(size, active);
    try {
      await this.looking;
    } finally {
      this.looking = null;
    }
  }

  private async fetchAhead(size: number, active: readonly WorkItem[]): Promise<void> {
    const next = await this.claim(size, active);
    if (this.closed) await this.leases.release(tokensOf(next.items));
    else if (next.items.length > 0) this.ready = next;
  }

  /** The page fetched ahead, once. */
  take(): WorkPage | null {
    const page = this.ready;
    this.ready = null;
    return page;
  }

  /**
   * The page fetched ahead, once; waits for the one on its way. Whoever claims without waiting would find the queue empty while
   * the last page arrives, or take over a page that then is shown twice.
   */
  private async awaited(): Promise<WorkPage | null> {
    await this.looking?.catch(() => undefined);
    return this.take();
  }

  /** Answers which tokens of `active` are lost. Throws ApiError. */
  async beat(active: readonly WorkItem[], idleMs: number): Promise<ReadonlySet<string>> {
    const mine = tokensOf(active);
    const tokens = [...new Set([...mine, ...this.aheadTokens(), ...outbox.tokens(this.project)])];
    if (tokens.length === 0) return new Set();
    const alive = await this.leases.beat(tokens, idleMs);
    if (this.aheadTokens().some((token) => !alive.has(token))) this.ready = null;
    return new Set(mine.filter((token) => !alive.has(token)));
  }

  /** Leases of `active`, then of the page ahead. */
  tokens(active: readonly WorkItem[]): string[] {
    return [...tokensOf(active), ...this.aheadTokens()];
  }

  async giveBack(items: readonly WorkItem[]): Promise<void> {
    if (items.length > 0) await this.leases.release(tokensOf(items), items.map((item) => item.id));
  }

  async dropAhead(): Promise<void> {
    await this.giveBack((await this.awaited())?.items ?? []);
  }

  /** The tab is being closed: the page ahead goes back at once; the one at work stays for a reload. */
  hide(): void {
    this.leases.releaseOnClose(this.aheadTokens());
    this.ready = null;
  }

  async close(idle: readonly WorkItem[]): Promise<void> {
    this.closed = true;
    await this.giveBack([...idle, ...(this.take()?.items ?? [])]);
  }

  private aheadTokens(): string[] {
    return tokensOf(this.ready?.items ?? []);
  }

  private held(active: readonly WorkItem[]): string[] {
    return [...new Set([...tokensOf(active), ...this.aheadTokens(), ...outbox.tokens(this.project)])];
  }
}
