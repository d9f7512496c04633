import { describe, expect, it } from "vitest";

import type { SourcePreview } from "../../src/api/dataset-types";
import type { SourceCheck } from "../../src/api/types";
import { importOf } from "../../src/screens/wizard/create";
import { changed, type Draft, emptyDraft, toProject } from "../../src/screens/wizard/draft";
import { firstChoices, rowsProblems, stepsOf } from "../../src/screens/wizard/rows";

const table = { delimiter: ",", encoding: "utf-8", header: true, columns: [] };
const preview: SourcePreview = {
  key: "a.csv", size: 9, table, mapping: { image: "url", category: "label", confidence: "" }, columns: ["id", "text"], rows: [["1", "many words"], ["2", "more"]], wrong: [], field: "", problem: "",
};
const draft = (part: Partial<Draft>): Draft => ({ ...emptyDraft(), task: "text_multi_class", kind: "table", datastore: "data", ...part });
const problems = (part: Partial<Draft>, kind: "table" | "manifest" = "table") => rowsProblems(((key: string) => key) as never, draft(part), kind);

describe("rows", () => {
  it("have a step of their own only where there are any", () => {
    expect(stepsOf("files")).not.toContain("rows");
    expect(stepsOf("table")).toContain("rows");
  });

  it("begin with all columns, for entities with the longest texts, and leave to be detected what was", () => {
    const chosen = { delimiter: "", encoding: "", header: true };
    expect(firstChoices(draft({}), "table", preview)).toEqual({ table: { ...chosen, columns: ["id", "text"] } });
    expect(firstChoices(draft({ task: "text_entities" }), "table", preview)).toEqual({ table: { ...chosen, columns: ["text"] } });
    expect(firstChoices(draft({}), "manifest", preview)).toEqual({ mapping: { image: "url", category: "", confidence: "" } });
  });

  it("keep what was chosen until its columns are gone", () => {
    const kept = { ...table, delimiter: ";", columns: ["text"] };
    expect(firstChoices(draft({ table: kept }), "table", preview)).toEqual({});
    expect(firstChoices(draft({ table: { ...kept, columns: ["id,text"] } }), "table", preview)).toEqual({ table: { ...kept, columns: ["id", "text"] } });
  });

  it("are chosen anew with other data", () => {
    const chosen = draft({ table });
    expect(changed(chosen, { name: "A" }).table).toEqual(table);
    expect(changed(chosen, { prefix: "b/" }).table).toBeNull();
  });

  it("need a column, entities one, lists that of the addresses", () => {
    expect(problems({ table })).toEqual({ columns: "wizard.rows.needColumn" });
    expect(problems({ task: "text_entities", table: { ...table, columns: ["id", "text"] } })).toEqual({ columns: "wizard.rows.needOne" });
    expect(problems({ table: { ...table, columns: ["id", "text"] } })).toEqual({});
    expect(problems({}, "manifest")).toEqual({ mapping: "wizard.rows.needImage" });
  });

  it("give their labels to an import, that of an MLTable where there is one", () => {
    const mapping = { image: "url", category: "label", confidence: "" };
    const labeled = draft({ kind: "manifest", mapping, labeled: "a/b.jsonl", importMode: "labels" });
    const check = { source: { datastore: "data" }, samples: ["a/b.jsonl"] } as SourceCheck;
    expect(importOf(labeled, check)).toEqual({ datastore: "data", key: "a/b.jsonl", format: "jsonl", mode: "labels", mapping });
    expect(importOf(labeled, { ...check, samples: ["a/MLTable", "a/b.jsonl"] })?.key).toBe("a/MLTable");
    const delimited = { ...labeled, labeled: "a/b.tsv" };
    expect(importOf({ ...delimited, task: "image_box" }, { ...check, samples: ["a/MLTable"] })).toMatchObject({ key: "a/b.tsv", format: "csv" });
    expect(importOf({ ...delimited, task: "image_mask" }, check)).toBeNull();
    expect(importOf({ ...labeled, labeled: "a/b.parquet" }, check)).toBeNull();
    expect(importOf(draft({ mapping: { ...mapping, category: "" } }), check)).toBeNull();
    expect(toProject(labeled).source).toMatchObject({ mapping: { image: "url", category: "", confidence: "" } });
  });

  it("go with the project", () => {
    const chosen = { ...table, columns: ["text"] };
    expect(toProject(draft({ table: chosen })).source).toEqual({ datastore: "data", prefix: "", pattern: "**", kind: "table", table: chosen });
    expect(toProject(draft({ origin: "dataset", dataset: "d1", table: chosen })).source).toEqual({ dataset: "d1", dataset_version: 0, table: chosen });
  });
});
