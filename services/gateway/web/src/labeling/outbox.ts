/** Submissions on their way: kept in IndexedDB, sent in order, tried again until the server answered. Never loses one silently. */
import { MaskRefused } from "../annotator/masks/mask-worker";
import type { ItemResult, SubmitItem } from "../api/labeling-types";
import { post } from "../api/http";
import { ApiError } from "../api/problem";
import { randomId } from "../api/random";
import { database, type Outgoing } from "./database";
import { forgetDrafts } from "./drafts";
import { unsendable, withMasks } from "./masks";
import { Observed } from "./observed";

export type Submission = Pick<Outgoing, "project" | "token" | "items" | "masks" | "names">;

export interface OutboxStatus {
  readonly waiting: number;
  readonly savedAt: number | null;
  /** False once this browser refused to store: then only this page holds what is not sent. */
  readonly kept: boolean;
  /** Set while sending does not work; `retryAt` is when it is tried again, 0 when a person or an event must do something first. */
  readonly trouble: { readonly error: ApiError; readonly retryAt: number } | null;
}

/** What came of a submission whose items were not all saved. */
export interface Outcome {
  readonly entry: Outgoing;
  readonly results: readonly ItemResult[];
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const BLOCKED = new Set(["project_paused", "project_not_running"]);

export class Outbox extends Observed<OutboxStatus> {
  private user = "";
  private ready = Promise.resolve();
  private queue: Outgoing[] = [];
  private running = false;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly outcomes = new Set<(outcome: Outcome) => void>();

  constructor() {
    super({ waiting: 0, savedAt: null, kept: true, trouble: null });
  }

  /** Takes up what an earlier page of this person could not send. Resolves when that is known. */
  start(user: string): Promise<void> {
    if (user !== this.user) {
      this.user = user;
      this.ready = this.takeUp().catch(() => this.tell({ kept: false }));
      window.addEventListener("online", this.tryNow);
    }
    return this.ready;
  }

  onOutcome(listener: (outcome: Outcome) => void): () => void {
    this.outcomes.add(listener);
    return () => this.outcomes.delete(listener);
  }

  /** Tokens of pages whose submission is not answered yet: the queue must not take them back. */
  tokens(project: string): string[] {
    return [...new Set(this.queue.filter((entry) => entry.project === project).map((entry) => entry.token))];
  }

  /** Hands a submission over. Resolves when it is safe in this browser; sending goes on by itself. */
  async add(submission: Submission): Promise<void> {
    const entry: Outgoing = { ...submission, key: randomId(), user: this.user, createdAt: Date.now() };
    this.queue.push(entry);
    this.tell({ waiting: this.queue.length });
    await database().then((db) => db.put("outbox", entry)).catch(() => this.tell({ kept: false }));
    void this.run();
  }

  /** Resolves when nothing waits, or when sending is in trouble. */
  settled(): Promise<void> {
    if (this.queue.length === 0 || this.snapshot.trouble) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.onChange(() => {
        if (this.queue.length > 0 && !this.snapshot.trouble) return;
        stop();
        resolve();
      });
    });
  }

  readonly tryNow = (): void => {
    clearTimeout(this.timer);
    void this.run();
  };

  private async takeUp(): Promise<void> {
    const kept = await (await database()).getAllFromIndex("outbox", "user", this.user);
    const known = new Set(this.queue.map((entry) => entry.key));
    this.queue = [...kept.filter((entry) => !known.has(entry.key)).sort((a, b) => a.createdAt - b.createdAt), ...this.queue];
    this.tell({ waiting: this.queue.length });
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let entry = this.queue[0]; entry; entry = this.queue[0]) if (!(await this.send(entry))) return;
    } finally {
      this.running = false;
    }
  }

  private async send(entry: Outgoing): Promise<boolean> {
    const { key, token, project } = entry;
    try {
      const items = await withMasks(entry.items, entry.masks);
      const answer = await post<{ results: ItemResult[] }>(`/projects/${project}/submit`, { token, key, items });
      await this.answered(entry, answer.results);
      return true;
    } catch (error) {
      if (error instanceof MaskRefused) return this.failed(entry, unsendable(error));
      if (!(error instanceof ApiError)) throw error;
      return this.failed(entry, error);
    }
  }

  private async answered(entry: Outgoing, results: ItemResult[]): Promise<void> {
    const saved = new Set(results.filter((one) => one.result === "saved").map((one) => one.id));
    await this.forget(entry, entry.items.filter((item) => saved.has(item.id)));
    this.tell({ waiting: this.queue.length, trouble: null, ...(saved.size > 0 && { savedAt: Date.now() }) });
    if (saved.size < entry.items.length) for (const listener of this.outcomes) listener({ entry, results });
  }

  private async forget(entry: Outgoing, saved: SubmitItem[]): Promise<void> {
    this.attempt = 0;
    this.queue = this.queue.filter((one) => one.key !== entry.key);
    await database()
      .then((db) => db.delete("outbox", entry.key))
      .then(() => forgetDrafts(entry.user, saved))
      .catch(() => this.tell({ kept: false }));
  }

  /** Answers whether the next entry may be sent now. */
  private async failed(entry: Outgoing, error: ApiError): Promise<boolean> {
    if (error.status >= 400 && !error.passing && error.status !== 401 && !BLOCKED.has(error.code)) {
      // The server will never take it as it is. The drafts stay; whoever shows the page says why.
      await this.forget(entry, []);
      this.tell({ waiting: this.queue.length, trouble: null });
      const results = entry.items.map((item): ItemResult => ({ id: item.id, result: "refused", version: 0, state: null, field: "", message: error.message }));
      for (const listener of this.outcomes) listener({ entry, results });
      return true;
    }
    const waits = error.passing || BLOCKED.has(error.code);
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.attempt++, LONGEST_WAIT_MS);
    this.tell({ trouble: { error, retryAt: waits ? Date.now() + wait : 0 } });
    if (waits) this.timer = setTimeout(this.tryNow, wait);
    return false;
  }
}

export const outbox = new Outbox();
