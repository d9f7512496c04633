import { describe, expect, it } from "vitest";

import type { ExportJob } from "../../src/api/types";
import { asked, fresh, lastLike, offered } from "../../src/screens/exports/wishes";

describe("wishes of an export", () => {
  it("offers formats in one order and begins with the first", () => {
    expect(offered(["huggingface", "csv", "jsonl"])).toEqual(["jsonl", "csv", "huggingface"]);
    expect(fresh(["conll", "jsonl"]).format).toBe("jsonl");
  });

  it("asks for everything unless some are chosen, whatever is still in the fields", () => {
    const wishes = { ...fresh(["csv"]), labels: ["l1"], from: "2026-01-02T03:04", since: true };
    expect(asked(wishes, "e1", true)).toMatchObject({ filter: {}, since_export: "e1" });
    expect(asked({ ...wishes, since: false }, "e1", true).since_export).toBe("");
    const some = asked({ ...wishes, some: true }, "e1", true);
    expect(some).toMatchObject({ since_export: "e1", filter: { labels: ["l1"], labelers: [], labeled_to: null } });
    expect(some.filter.labeled_from).toBe(new Date("2026-01-02T03:04").toISOString());
  });

  it("sends no option that the format has not", () => {
    const wishes = { ...fresh(["csv", "coco"]), images: true, asStored: true, escape: true };
    expect(asked({ ...wishes, format: "coco" }, "", true)).toMatchObject({ images: true, as_stored: true, escape_formulas: false });
    expect(asked({ ...wishes, format: "csv" }, "", true)).toMatchObject({ images: true, as_stored: false, escape_formulas: true });
    expect(asked({ ...wishes, format: "csv" }, "", false)).toMatchObject({ images: false });
  });

  it("offers only what came since an export of the same kind", () => {
    const filter = { labels: ["l2", "l1"], labelers: [], approved: null, labeled_from: "2026-01-02T00:00:00Z", labeled_to: null };
    const job = { id: "e2", state: "succeeded", format: "csv", images: false, as_stored: false, escape_formulas: false, filter } as unknown as ExportJob;
    const jobs = [{ ...job, id: "e4", state: "failed" }, { ...job, id: "e3", format: "jsonl" }, job, { ...job, id: "e1" }] as ExportJob[];
    const from = new Date("2026-01-02T00:00:00Z");
    const local = new Date(from.getTime() - from.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    const wishes = { ...fresh(["csv"]), some: true, labels: ["l1", "l2"], from: local };
    expect(lastLike(jobs, wishes, true)?.id).toBe("e2");
    expect(lastLike(jobs, { ...wishes, some: false }, true)).toBeUndefined();
    expect(lastLike(jobs, { ...wishes, images: true }, true)).toBeUndefined();
  });
});
