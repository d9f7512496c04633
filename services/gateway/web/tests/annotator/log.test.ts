import { describe, expect, it } from "vitest";

import { actionsOn, canRedo, canUndo, drop, type Log, record, redo, startLog, undo } from "../../src/annotator/log";
import { choiceOf, openPage } from "../../src/annotator/page";

const start = (): Log => startLog(openPage({ type: "image_multi_label", set: "main", multi: true, allowEmpty: false }, ["a", "b"]));
const labels = (log: Log, item: string): readonly string[] => choiceOf(log.page, item).labels;

describe("command log", () => {
  it("undoes and redoes to the very same page", () => {
    const done = record(record(start(), { type: "add", items: ["a"], label: "x" }), { type: "add", items: ["a", "b"], label: "y" });
    const back = undo(undo(done));
    expect(labels(back, "a")).toEqual([]);
    expect(canUndo(back)).toBe(false);
    const again = redo(redo(back));
    expect(again.page).toEqual(done.page);
    expect(canRedo(again)).toBe(false);
  });

  it("forgets what was undone once something new is done", () => {
    const log = record(undo(record(start(), { type: "add", items: ["a"], label: "x" })), { type: "add", items: ["a"], label: "z" });
    expect(labels(redo(log), "a")).toEqual(["z"]);
  });

  it("never changes what it was given", () => {
    const first = record(start(), { type: "add", items: ["a"], label: "x" });
    const copy = structuredClone(first);
    record(first, { type: "remove", items: ["a"], label: "x" });
    undo(first);
    expect(first).toEqual(copy);
  });

  it("counts the actions in effect on an item", () => {
    const log = record(record(start(), { type: "add", items: ["a", "b"], label: "x" }), { type: "add", items: ["b"], label: "y" });
    expect([actionsOn(log, "a"), actionsOn(log, "b"), actionsOn(undo(log), "b")]).toEqual([1, 2, 1]);
  });

  it("drops items for good: undo does not bring them back", () => {
    const log = drop(record(start(), { type: "add", items: ["a", "b"], label: "x" }), new Set(["a"]));
    expect(log.page.items).toEqual(["b"]);
    expect(undo(log).page.items).toEqual(["b"]);
    expect(labels(log, "b")).toEqual(["x"]);
  });
});
