/** Sends many files, a few at a time, with retries. Goes on while pages change; one at a time in a tab. */
import { ApiError } from "../api/problem";
import type { LocalFile } from "./files";
import { type Put, putObject } from "./put";

export type FileState = "waiting" | "sending" | "done" | "kept" | "failed";

export interface UploadStatus {
  readonly state: "idle" | "running" | "finished" | "stopped";
  readonly datastore: string;
  readonly prefix: string;
  readonly files: readonly LocalFile[];
  readonly states: readonly FileState[];
  readonly counts: Readonly<Record<FileState, number>>;
  readonly bytes: number;
  readonly sent: number;
  readonly startedAt: number;
  /** Why the last failed file failed. */
  readonly error: ApiError | null;
}

export interface UploadJob {
  datastore: string;
  prefix: string;
  overwrite: boolean;
  files: readonly LocalFile[];
}

const AT_ONCE = 5;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;
const TELL_MS = 120;
const NO_COUNTS: Record<FileState, number> = { waiting: 0, sending: 0, done: 0, kept: 0, failed: 0 };
const IDLE: UploadStatus = {
  state: "idle", datastore: "", prefix: "", files: [], states: [], counts: NO_COUNTS, bytes: 0, sent: 0, startedAt: 0, error: null,
};

export class Uploader {
  status: UploadStatus = IDLE;
  private job: UploadJob | null = null;
  private states: FileState[] = [];
  private sent: number[] = [];
  private cursor = 0;
  private run = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly puts = new Set<Put>();
  private readonly listeners = new Set<() => void>();

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async start(job: UploadJob): Promise<void> {
    this.stop();
    this.job = job;
    this.states = job.files.map(() => "waiting");
    this.sent = job.files.map(() => 0);
    this.cursor = 0;
    const bytes = job.files.reduce((sum, one) => sum + one.file.size, 0);
    this.tell({ ...IDLE, state: "running", datastore: job.datastore, prefix: job.prefix, files: job.files, bytes, startedAt: Date.now() });
    await this.work();
  }

  /** Sends the failed files once more. */
  async again(): Promise<void> {
    if (!this.job || this.status.state === "running") return;
    this.states = this.states.map((state) => (state === "failed" ? "waiting" : state));
    this.cursor = 0;
    this.tell({ state: "running", error: null, startedAt: Date.now() });
    await this.work();
  }

  /** Stops; what is there stays there. */
  stop(): void {
    this.run += 1;
    for (const put of this.puts) put.abort();
    this.puts.clear();
    if (this.status.state === "running") this.tell({ state: "stopped" });
  }

  clear(): void {
    this.stop();
    this.job = null;
    this.states = [];
    this.tell(IDLE);
  }

  private async work(): Promise<void> {
    const run = ++this.run;
    window.addEventListener("beforeunload", this.ask);
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.lane(run)));
    window.removeEventListener("beforeunload", this.ask);
    if (run === this.run) this.tell({ state: "finished" });
  }

  private async lane(run: number): Promise<void> {
    while (run === this.run) {
      while (this.cursor < this.states.length && this.states[this.cursor] !== "waiting") this.cursor += 1;
      const place = this.cursor++;
      const file = this.job?.files[place];
      if (!file) return;
      this.states[place] = "sending";
      const state = await this.send(file, place, run);
      if (run !== this.run) return;
      this.states[place] = state;
      this.sent[place] = state === "failed" ? 0 : file.file.size;
      this.tellSoon();
    }
  }

  private async send(file: LocalFile, place: number, run: number): Promise<FileState> {
    const job = this.job;
    for (let attempt = 0; job && attempt < ATTEMPTS && run === this.run; attempt += 1) {
      const put = putObject(job.datastore, job.prefix + file.path, file.file, job.overwrite, (bytes) => {
        this.sent[place] = bytes;
        this.tellSoon();
      });
      this.puts.add(put);
      try {
        await put.done;
        return "done";
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === "exists") return "kept";
        this.status = { ...this.status, error };
        if (!error.passing) return "failed";
        await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** attempt));
      } finally {
        this.puts.delete(put);
      }
    }
    return "failed";
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell({});
    }, TELL_MS);
  }

  private tell(change: Partial<UploadStatus>): void {
    const counts = { ...NO_COUNTS };
    for (const state of this.states) counts[state] += 1;
    const sent = this.sent.reduce((sum, bytes) => sum + bytes, 0);
    this.status = { ...this.status, states: [...this.states], counts, sent, ...change };
    for (const listener of this.listeners) listener();
  }

  private readonly ask = (event: BeforeUnloadEvent): void => event.preventDefault();
}

export const uploader = new Uploader();
