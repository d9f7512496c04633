import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Layout } from "../../src/annotator/layout";
import { choiceOf, NOTHING, type Task } from "../../src/annotator/page";
import { database } from "../../src/labeling/database";
import { keepDraft } from "../../src/labeling/drafts";
import { LabelingSession } from "../../src/labeling/session";
import { SlowQueue } from "./queue";

const TASK: Task = { type: "image_multi_class", set: "main", multi: false, allowEmpty: false };
const LAYOUTS: Layout[] = [1, 4, 6, 9];

beforeEach(() => {
  HTMLImageElement.prototype.decode = () => Promise.resolve();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
});

/** Labels until nothing is left, as fast as pages come. Answers what was on screen, page by page. */
async function labelAll(session: LabelingSession): Promise<string[][]> {
  const shown: string[][] = [];
  for (;;) {
    await vi.waitFor(() => expect(["working", "done"]).toContain(session.snapshot.phase), { interval: 1 });
    const { phase, items } = session.snapshot;
    if (phase === "done") return shown;
    shown.push(items.map((item) => item.id));
    session.do({ type: "replace", items: items.map((item) => item.id), label: "x" });
    session.submit();
  }
}

function begin(queue: SlowQueue, layout: Layout): LabelingSession {
  vi.stubGlobal("fetch", queue.fetch);
  localStorage.setItem("labelbus.layout", String(layout));
  return new LabelingSession("ada", "p", TASK);
}

/** What this browser remembers of tabs, and which of them are open. */
function tabs(known: readonly string[], alive: readonly string[]): void {
  localStorage.setItem("labelbus.clients.p", JSON.stringify(known));
  const query = (): Promise<object> => Promise.resolve({ held: alive.map((id) => ({ name: `labelbus-client-${id}` })), pending: [] });
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator) as object, { locks: { query } }));
}

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `p/${at}`);

function randomDelays(seeds: readonly number[]): () => number {
  let at = 0;
  return () => seeds[at++ % seeds.length] ?? 0;
}

describe("LabelingSession", () => {
  it("shows the page that was still on its way when the one before was submitted", async () => {
    // The page ahead takes longer than labeling and saving the page before it.
    const delays = [0, 40, 0, 0];
    const queue = new SlowQueue(names(2), () => delays.shift() ?? 0);
    const session = begin(queue, 1);
    await session.start();
    expect(await labelAll(session)).toEqual([["p/0"], ["p/1"]]);
    session.stop();
  });

  it("shows every item once and saves it once, however long answers take", async () => {
    const some = fc.record({
      count: fc.integer({ min: 1, max: 20 }),
      layout: fc.constantFrom(...LAYOUTS),
      delays: fc.array(fc.constantFrom(0, 1, 3, 9), { minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(some, async ({ count, layout, delays }) => {
        sessionStorage.clear();
        // Another queue knows nothing of an answer that the session before had not read yet.
        await (await database()).clear("outbox");
        const queue = new SlowQueue(names(count), randomDelays(delays));
        const session = begin(queue, layout);
        await session.start();
        const shown = await labelAll(session);
        session.stop();
        expect(shown.flat().sort()).toEqual(names(count).sort());
        expect(queue.saved.sort()).toEqual(names(count).sort());
        expect(queue.lost).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  it("a layout switched while the next page is on its way shows and saves every item once", async () => {
    const queue = new SlowQueue(names(20), randomDelays([0, 8, 1, 20, 3]));
    const session = begin(queue, 4);
    await session.start();
    const switched = [session.setLayout(6), session.setLayout(1), session.setLayout(9)];
    await Promise.all(switched);
    const shown = await labelAll(session);
    session.stop();
    expect(shown[0]).toHaveLength(9);
    expect(shown.flat().sort()).toEqual(names(20).sort());
    expect(queue.lost).toEqual([]);
  });

  it("takes what was lost while offline off the screen as soon as the network is back", async () => {
    const queue = new SlowQueue(names(2), () => 0);
    const session = begin(queue, 1);
    await session.start();
    queue.lose("p/0");
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(session.snapshot.items.map((item) => item.id)).toEqual(["p/1"]));
    session.stop();
  });

  it("begins with what a closed tab left, and its draft", async () => {
    const queue = new SlowQueue(names(3), () => 0);
    queue.elsewhere.set("p/2", "closed");
    tabs(["closed"], []);
    await keepDraft("ada", "p/2", 1, { ...NOTHING, labels: ["y"] });
    const session = begin(queue, 1);
    await session.start();
    const { items, log, draftsBack } = session.snapshot;
    expect(items.map((item) => item.id)).toEqual(["p/2"]);
    expect([choiceOf(log.page, "p/2").labels, draftsBack]).toEqual([["y"], 1]);
    await labelAll(session);
    session.stop();
    expect(queue.saved.sort()).toEqual(names(3));
  });

  it("does not say that all is done while another tab holds items, and goes on once it is closed", async () => {
    const queue = new SlowQueue(names(1), () => 0);
    queue.elsewhere.set("p/0", "other");
    const alive = ["other"];
    tabs(["other"], alive);
    const session = begin(queue, 1);
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await session.start();
    expect([session.snapshot.phase, session.snapshot.ownHold]).toEqual(["done", 1]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(queue.elsewhere.size).toBe(1);
    alive.pop();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(session.snapshot.items.map((item) => item.id)).toEqual(["p/0"]);
    session.stop();
  });
});
