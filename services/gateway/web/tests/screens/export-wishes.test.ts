import { describe, expect, it } from "vitest";

import { asked, fresh, offered } from "../../src/screens/exports/wishes";

describe("wishes of an export", () => {
  it("offers formats in one order and begins with the first", () => {
    expect(offered(["huggingface", "csv", "jsonl"])).toEqual(["jsonl", "csv", "huggingface"]);
    expect(fresh(["conll", "jsonl"]).format).toBe("jsonl");
  });

  it("asks for everything unless some are chosen, whatever is still in the fields", () => {
    const wishes = { ...fresh(["csv"]), labels: ["l1"], from: "2026-01-02T03:04", since: true };
    expect(asked(wishes, "e1", true)).toMatchObject({ filter: {}, since_export: "" });
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
});
