import { describe, expect, it } from "vitest";

import { apply } from "../../src/annotator/command";
import { choiceOf, isComplete, missing, NOTHING, openPage, type PageState, type Task } from "../../src/annotator/page";
import { chooseLabel } from "../../src/annotator/tagging";

const task = (multi: boolean): Task => ({ type: multi ? "image_multi_label" : "image_multi_class", set: "main", multi, allowEmpty: false });
const page = (multi: boolean, choices: Record<string, string[]> = {}): PageState =>
  openPage(task(multi), ["a", "b", "c"], Object.fromEntries(Object.entries(choices).map(([item, labels]) => [item, { ...NOTHING, labels }])));

function choose(state: PageState, items: string[], label: string): PageState {
  const command = chooseLabel(state, items, label);
  return command ? apply(state, command) : state;
}

describe("multi-class", () => {
  it("replaces the label of every target (F132)", () => {
    const after = choose(page(false, { a: ["cat"] }), ["a", "b"], "dog");
    expect(choiceOf(after, "a").labels).toEqual(["dog"]);
    expect(choiceOf(after, "b").labels).toEqual(["dog"]);
    expect(choiceOf(after, "c").labels).toEqual([]);
  });

  it("never holds two labels", () => {
    const after = ["cat", "dog", "cat"].reduce((state, label) => choose(state, ["a"], label), page(false));
    expect(choiceOf(after, "a").labels).toEqual(["cat"]);
  });

  it("does nothing without targets (F129) or when all have it", () => {
    expect(chooseLabel(page(false), [], "cat")).toBeNull();
    expect(chooseLabel(page(false, { a: ["cat"] }), ["a"], "cat")).toBeNull();
  });
});

describe("multi-label", () => {
  it("adds to those without it when only some have it (A13)", () => {
    const after = choose(page(true, { a: ["cat"] }), ["a", "b"], "cat");
    expect(choiceOf(after, "a").labels).toEqual(["cat"]);
    expect(choiceOf(after, "b").labels).toEqual(["cat"]);
  });

  it("takes it from all when all have it (F134)", () => {
    const after = choose(page(true, { a: ["cat", "day"], b: ["cat"] }), ["a", "b"], "cat");
    expect(choiceOf(after, "a").labels).toEqual(["day"]);
    expect(choiceOf(after, "b").labels).toEqual([]);
  });
});

describe("completeness (F131)", () => {
  it("needs a label or a skip on every image", () => {
    const some = choose(page(false), ["a", "b"], "cat");
    expect(missing(some)).toEqual(["c"]);
    expect(isComplete(some)).toBe(false);
    expect(isComplete(apply(some, { type: "skip", items: ["c"] }))).toBe(true);
  });

  it("is never reached by an empty page", () => {
    expect(isComplete(openPage(task(false), []))).toBe(false);
  });

  it("a label takes a skip back, and a skip drops labels", () => {
    const skipped = apply(page(false, { a: ["cat"] }), { type: "skip", items: ["a"] });
    expect(choiceOf(skipped, "a")).toEqual({ ...NOTHING, skip: true });
    expect(choiceOf(choose(skipped, ["a"], "dog"), "a")).toEqual({ ...NOTHING, labels: ["dog"] });
  });
});
