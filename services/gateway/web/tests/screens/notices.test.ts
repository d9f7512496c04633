import { afterEach, describe, expect, it } from "vitest";

import type { ExportJob, JobState } from "../../src/api/types";
import { Notices } from "../../src/notices/notices";

const job = (id: string, state: JobState): ExportJob =>
  ({ id, project: "p", format: "csv", state, requested_at: "2026-01-01T00:00:00Z", finished_at: state === "succeeded" ? "2026-01-01T00:01:00Z" : null }) as ExportJob;

afterEach(() => localStorage.clear());

describe("notices", () => {
  it("tells of an end once, and keeps it until it is cleared", () => {
    const notices = new Notices("n");
    notices.begin(job("e1", "requested"), "Cats");
    expect(notices.learn(job("e1", "running"))).toBe(false);
    expect(notices.learn(job("e1", "succeeded"))).toBe(true);
    expect(notices.learn(job("e1", "succeeded"))).toBe(false);
    expect(notices.all()).toMatchObject([{ export: "e1", state: "succeeded", seen: false, at: "2026-01-01T00:01:00Z" }]);
    notices.see();
    expect(notices.all()[0]?.seen).toBe(true);
    notices.clear();
    expect(notices.all()).toEqual([]);
  });

  it("knows nothing of exports that others asked for", () => {
    const notices = new Notices("n");
    expect(notices.learn(job("e2", "succeeded"))).toBe(false);
    expect(notices.all()).toEqual([]);
  });

  it("outlives a reload, with running ones to be watched", () => {
    new Notices("n").begin(job("e1", "requested"), "Cats");
    const reloaded = new Notices("n");
    expect(reloaded.all()).toMatchObject([{ export: "e1", projectName: "Cats" }]);
    reloaded.clear();
    expect(reloaded.all()).toHaveLength(1);
    expect(new Notices("somebody else").all()).toEqual([]);
  });

  it("learns what another tab did, and survives what it can't read", () => {
    const [one, other] = [new Notices("n"), new Notices("n")];
    other.all();
    one.begin(job("e1", "requested"), "Cats");
    window.dispatchEvent(new StorageEvent("storage", { key: "n" }));
    expect(other.all()).toHaveLength(1);
    localStorage.setItem("broken", "{");
    expect(new Notices("broken").all()).toEqual([]);
  });
});
