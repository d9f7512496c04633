import { describe, expect, it } from "vitest";

import type { Dataset } from "../../src/api/dataset-types";
import { checkOf, emptyForm, formOf, sourceOf, storedForm, storeForm } from "../../src/screens/datasets/dataset-form";

const DATASET: Dataset = {
  id: "d1", version: 2, newest_version: 2, revision: 5, name: "Letters", description: "", kind: "table", datastore: "labelbus", prefix: "in/", pattern: "*",
  table: { delimiter: ";", encoding: "", header: true, columns: ["body"] }, mapping: null, created_by_name: "", created_at: "", count: 1, bytes: 1,
  by_extension: { csv: 1 }, counted_at: "", problem: "", samples: [],
};

describe("what is typed about a data set", () => {
  it("is files unless it is said to be tables or manifests", () => {
    const form = { ...emptyForm(), datastore: "labelbus", prefix: "a/" };
    expect(sourceOf(form)).toEqual({ datastore: "labelbus", prefix: "a/", pattern: "**" });
    expect(sourceOf({ ...form, content: "text" })).toEqual({ datastore: "labelbus", prefix: "a/", pattern: "**" });
    expect(sourceOf({ ...form, content: "table" })).toMatchObject({ kind: "table" });
  });

  it("is looked at as what it holds", () => {
    const form = { ...emptyForm(), datastore: "labelbus" };
    expect(checkOf({ ...form, content: "image" }).media).toBe("image");
    expect(checkOf({ ...form, content: "manifest" })).toMatchObject({ media: "image", kind: "manifest" });
    expect(checkOf({ ...form, content: "table" })).toMatchObject({ media: "text", kind: "table" });
  });

  it("goes on with what the version before had, unless the kind is another", () => {
    const form = formOf(DATASET);
    expect(sourceOf(form)).toEqual({ datastore: "labelbus", prefix: "in/", pattern: "*", kind: "table", table: DATASET.table });
    expect(sourceOf({ ...form, content: "image" })).toEqual({ datastore: "labelbus", prefix: "in/", pattern: "*" });
  });

  it("outlives a reload until it is sent", () => {
    const form = { ...emptyForm(), name: "Scans", description: "of March", content: "text" as const, prefix: "in/" };
    storeForm(form);
    expect(storedForm()).toEqual(form);
    storeForm(null);
    expect(storedForm()).toEqual(emptyForm());
  });

  it("takes a folder of texts alone for texts", () => {
    const files = { ...DATASET, kind: "files" as const, table: null };
    expect(formOf({ ...files, by_extension: { txt: 3 } }).content).toBe("text");
    expect(formOf({ ...files, by_extension: { txt: 3, png: 1 } }).content).toBe("image");
  });
});
