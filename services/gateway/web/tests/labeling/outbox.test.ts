import { afterEach, describe, expect, it, vi } from "vitest";

import { NOTHING } from "../../src/annotator/page";
import type { SubmitItem } from "../../src/api/labeling-types";
import { database } from "../../src/labeling/database";
import { draftOf, keepDraft } from "../../src/labeling/drafts";
import { Outbox, type Outcome } from "../../src/labeling/outbox";
import { serve } from "../server";

const item = (id: string): SubmitItem => ({
  id, version: 1, skip: false, answers: [{ set: "main", labels: ["x"] }], regions: [], effort: { active_ms: 0, actions: 1, shown_at: null },
});
const page = (...ids: string[]) => ({ project: "p", token: "token-of-the-page", items: ids.map(item), masks: {}, names: {} });
const saved = (id: string) => ({ id, result: "saved", version: 2, state: "labeled", field: "", message: "" });
const problem = (status: number, code: string, retryable = false) => ({ status, body: { status, code, title: code, detail: code, retryable } });

async function stored(): Promise<number> {
  return (await database()).count("outbox");
}

afterEach(async () => {
  vi.unstubAllGlobals();
  await (await database()).clear("outbox");
});

describe("Outbox", () => {
  it("sends, forgets the entry and its drafts, and says when", async () => {
    await keepDraft("ada", "p/1", 1, { ...NOTHING, labels: ["x"] });
    const asked = serve(() => ({ status: 200, body: { results: [saved("p/1")] } }));
    const box = new Outbox();
    await box.start("ada");
    await box.add(page("p/1"));
    await vi.waitFor(() => expect(box.snapshot.waiting).toBe(0));
    await vi.waitFor(async () => expect(await stored()).toBe(0));
    expect(asked[0]?.path).toBe("/projects/p/submit");
    expect(box.snapshot.savedAt).not.toBeNull();
    expect(await draftOf("ada", "p/1", 1)).toBeNull();
  });

  it("keeps the key over retries, so that a lost answer doubles nothing", async () => {
    let calls = 0;
    const asked = serve(() => (++calls === 1 ? "unreachable" : { status: 200, body: { results: [saved("p/1")] } }));
    const box = new Outbox();
    await box.start("ada");
    await box.add(page("p/1"));
    await vi.waitFor(() => expect(box.snapshot.trouble?.error.code).toBe("unreachable"));
    expect(await stored()).toBe(1);
    box.tryNow();
    await vi.waitFor(() => expect(box.snapshot.waiting).toBe(0));
    expect(box.snapshot.trouble).toBeNull();
    expect((asked[0]?.body as { key: string }).key).toBe((asked[1]?.body as { key: string }).key);
  });

  it("takes up after a crash what was not sent, of this person only", async () => {
    serve(() => "unreachable");
    const before = new Outbox();
    await before.start("ada");
    await before.add(page("p/1"));
    await vi.waitFor(() => expect(before.snapshot.trouble).not.toBeNull());

    const asked = serve(() => ({ status: 200, body: { results: [saved("p/1")] } }));
    const other = new Outbox();
    await other.start("ben");
    expect(other.snapshot.waiting).toBe(0);
    const after = new Outbox();
    await after.start("ada");
    await vi.waitFor(async () => expect(await stored()).toBe(0));
    expect(asked).toHaveLength(1);
    // The page that crashed is none any more: it must not go on asking.
    before.tryNow();
    await vi.waitFor(() => expect(before.snapshot.waiting).toBe(0));
  });

  it("waits while the project is paused and while signed out", async () => {
    const answers = [problem(409, "project_paused"), problem(401, "not_signed_in"), { status: 200, body: { results: [saved("p/1")] } }];
    serve(() => answers.shift() ?? "unreachable");
    const box = new Outbox();
    await box.start("ada");
    await box.add(page("p/1"));
    await vi.waitFor(() => expect(box.snapshot.trouble?.error.code).toBe("project_paused"));
    box.tryNow();
    await vi.waitFor(() => expect(box.snapshot.trouble?.error.code).toBe("not_signed_in"));
    expect(box.snapshot.trouble?.retryAt).toBe(0);
    box.tryNow();
    await vi.waitFor(() => expect(box.snapshot.waiting).toBe(0));
  });

  it("tells of items that were lost and keeps their drafts", async () => {
    await keepDraft("ada", "p/2", 1, { ...NOTHING, labels: ["x"] });
    serve(() => ({ status: 200, body: { results: [saved("p/1"), { ...saved("p/2"), result: "lost" }] } }));
    const outcomes: Outcome[] = [];
    const box = new Outbox();
    await box.start("ada");
    box.onOutcome((outcome) => outcomes.push(outcome));
    await box.add(page("p/1", "p/2"));
    await vi.waitFor(() => expect(outcomes).toHaveLength(1));
    expect(outcomes[0]?.results[1]?.result).toBe("lost");
    expect(await draftOf("ada", "p/2", 1)).toEqual({ ...NOTHING, labels: ["x"] });
  });

  it("gives a request that can never succeed back instead of trying for ever", async () => {
    serve(() => problem(422, "label_unknown"));
    const outcomes: Outcome[] = [];
    const box = new Outbox();
    await box.start("ada");
    box.onOutcome((outcome) => outcomes.push(outcome));
    await box.add(page("p/1"));
    await vi.waitFor(() => expect(outcomes[0]?.results[0]).toMatchObject({ result: "refused", message: "label_unknown" }));
    expect(box.snapshot.waiting).toBe(0);
  });
});
