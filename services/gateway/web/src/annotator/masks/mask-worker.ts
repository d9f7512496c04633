/** The page's side of the mask worker: one worker, started when it is first needed. */
import type { Size } from "../viewport";
import type { MaskLayer } from "./flatten";
import type { MaskReply, MaskRequest } from "./messages";
import type { Base } from "./raster";
import type { Stroke } from "./stroke";
import type { MaskWork } from "./work";

export class MaskRefused extends Error {
  constructor(readonly code: "broken" | "size" | "failed") {
    super(`mask refused: ${code}`);
  }
}

type Question = MaskRequest extends infer R ? (R extends MaskRequest ? Omit<R, "id"> : never) : never;

interface Waiting {
  readonly resolve: (reply: MaskReply) => void;
  readonly reject: (error: MaskRefused) => void;
}

export class MaskWorker {
  private worker: Worker | null = null;
  private last = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly make: () => Worker) {}

  /** The pixels of an item's masks. Throws MaskRefused. */
  async decode(size: Size, layers: readonly MaskLayer[]): Promise<Base> {
    const reply = await this.ask({ type: "decode", size, layers });
    if (reply.type !== "decoded") throw new MaskRefused("failed");
    return reply.base;
  }

  /** A finished mask, a layer for each label on it; `fills` are painted last. Throws MaskRefused. */
  async encode(size: Size, work: MaskWork, fills: readonly Stroke[]): Promise<readonly MaskLayer[]> {
    const reply = await this.ask({ type: "encode", size, work, fills });
    if (reply.type !== "encoded") throw new MaskRefused("failed");
    return reply.layers;
  }

  private ask(question: Question): Promise<MaskReply> {
    this.worker ??= this.start();
    this.last += 1;
    const id = this.last;
    const answer = new Promise<MaskReply>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.worker.postMessage({ ...question, id });
    return answer;
  }

  private start(): Worker {
    const worker = this.make();
    worker.addEventListener("message", ({ data }: MessageEvent<MaskReply>) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.type === "refused") waiting?.reject(new MaskRefused(data.code));
      else waiting?.resolve(data);
    });
    worker.addEventListener("error", () => this.fail(worker));
    return worker;
  }

  /** A worker that could not start or ran out of memory: what waits is told, the next question gets a new one. */
  private fail(worker: Worker): void {
    worker.terminate();
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(new MaskRefused("failed"));
    this.waiting.clear();
  }
}

export const maskWorker = new MaskWorker(() => new Worker(new URL("./rle.worker.ts", import.meta.url), { type: "module" }));
