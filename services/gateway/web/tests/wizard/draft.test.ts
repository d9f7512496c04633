import { describe, expect, it } from "vitest";

import { mayBeEmpty } from "../../src/annotator/task";
import { emptyDraft, labelProblems, newLabel, parseLabels, straighten, toProject } from "../../src/screens/wizard/draft";

describe("pasted labels", () => {
  it("nest by tabs or two spaces, at most six levels and one at a time", () => {
    const labels = parseLabels("animal\n  cat\n\t\tsiamese\n      too deep\n\nplant\r\n\ttree");
    expect(labels.map((one) => [one.name, one.depth])).toEqual([["animal", 0], ["cat", 1], ["siamese", 2], ["too deep", 3], ["plant", 0], ["tree", 1]]);
    const deep = parseLabels(Array.from({ length: 9 }, (_, at) => "  ".repeat(at) + `l${at}`).join("\n"));
    expect(Math.max(...deep.map((one) => one.depth))).toBe(5);
  });

  it("a first line that is indented stands at the top", () => {
    expect(parseLabels("    a\n  b").map((one) => one.depth)).toEqual([0, 1]);
  });
});

describe("labels of a draft", () => {
  it("say which name is there twice under the same parent", () => {
    const labels = [newLabel("a"), newLabel("x", 1), newLabel("b"), newLabel("x", 1), newLabel("X", 1)];
    expect([...labelProblems(labels)]).toEqual([[labels[4]?.id, "double"]]);
  });

  it("lose no level when the one above goes", () => {
    expect(straighten([newLabel("b", 1), newLabel("c", 2)]).map((one) => one.depth)).toEqual([0, 1]);
  });

  it("are sent with the place of the label above, without empty rows", () => {
    const draft = { ...emptyDraft(), name: " Pets ", labels: [newLabel("animal"), newLabel(""), newLabel("cat", 1), newLabel("plant")] };
    const project = toProject(draft);
    expect(project.name).toBe("Pets");
    expect(project.labels).toEqual([{ name: "animal" }, { name: "cat", parent: 0 }, { name: "plant" }]);
  });
});

describe("empty images", () => {
  it.each([["image_box", true], ["image_polygon", true], ["image_mask", true], ["image_multi_class", false], ["text_entities", false], ["text_multi_label", false]] as const)("%s: %s", (task, asked) => {
    expect(mayBeEmpty(task)).toBe(asked);
    expect(toProject({ ...emptyDraft(), task, allowEmpty: true }).allow_empty).toBe(asked);
  });
});
