import { describe, expect, it } from "vitest";

import { record, startLog } from "../../src/annotator/log";
import { hasFlat, isComplete, openPage, type Task } from "../../src/annotator/page";
import type { TaskType } from "../../src/annotator/task";
import type { LeasedItem, WireRegion } from "../../src/api/labeling-types";
import { choiceFrom } from "../../src/labeling/item-choice";
import { submissionOf } from "../../src/labeling/submission";

const region = (id: string, points: number[]): WireRegion => ({ id, label: "l0", shape: "box", points, frame: 0, attributes: {}, origin: "import" });
const taskOf = (type: TaskType): Task => ({ type, set: "main", multi: false, allowEmpty: false });
const PRELABEL = { run: "import:i1", confidence: 0.75 };

function leased(change: Partial<LeasedItem>): LeasedItem {
  return { id: "p/1", version: 0, name: "a.png", source: { datastore: "d", key: "a.png", etag: "e", size: 1 }, media: null, answers: [], ...change };
}

function opened(task: Task, item: LeasedItem) {
  return startLog(openPage(task, [item.id], { [item.id]: choiceFrom(item, task.set) }));
}

describe("a prelabel that is submitted", () => {
  const boxes = leased({ regions: [region("i1", [0, 0, 5, 5])], prelabel: PRELABEL });
  const task = taskOf("image_box");

  it("was accepted when nothing changed", () => {
    const sent = submissionOf(boxes, opened(task, boxes));
    expect(sent.prelabel).toEqual({ ...PRELABEL, outcome: "accepted" });
    expect(sent.regions.map((one) => [one.id, one.points, one.origin])).toEqual([["i1", [0, 0, 5, 5], "human"]]);
  });

  it("was changed when a box is gone, and is not mentioned when the item is skipped", () => {
    const log = record(opened(task, boxes), { type: "removeRegions", items: [boxes.id], regions: ["i1"] });
    expect(submissionOf(boxes, log).prelabel?.outcome).toBe("changed");
    const skipped = startLog(openPage(task, [boxes.id], { [boxes.id]: { labels: [], skip: true, regions: [], mask: null } }));
    expect(submissionOf(boxes, skipped).prelabel).toBeUndefined();
  });

  it("is accepted for labels of the whole item, too", () => {
    const whole = leased({ answers: [{ set: "main", labels: ["l0"] }], prelabel: PRELABEL });
    expect(submissionOf(whole, opened(taskOf("image_multi_class"), whole)).prelabel?.outcome).toBe("accepted");
    expect(submissionOf({ ...whole, prelabel: null }, opened(taskOf("image_multi_class"), whole)).prelabel).toBeUndefined();
  });

  it("waits for a flat box to go", () => {
    const flat = leased({ regions: [region("i1", [5, 0, 5, 5])], prelabel: PRELABEL });
    const { page } = opened(task, flat);
    expect([hasFlat(choiceFrom(flat, "main")), isComplete(page)]).toEqual([true, false]);
  });
});
