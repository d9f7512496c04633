// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { apply, type Command } from "../../../src/annotator/command";
import { drop, record, redo, startLog, undo } from "../../../src/annotator/log";
import { choiceOf, isComplete, isTouched, missing, NOTHING, openPage, sameChoice, type PageState } from "../../../src/annotator/page";
import type { Region } from "../../../src/annotator/regions/region";
import type { TaskType } from "../../../src/annotator/task";

const ITEM = "p/1";
const page = (type: TaskType = "image_box", allowEmpty = false): PageState => openPage({ type, set: "main", multi: false, allowEmpty }, [ITEM]);
const box = (id: string): Region => ({ id, label: "cat", shape: "box", points: [1, 2, 3, 4] });
const regions = (state: PageState): readonly Region[] => choiceOf(state, ITEM).regions;

const command: fc.Arbitrary<Command> = fc.nat({ max: 6 }).chain((number) => {
  const id = `r${number}`;
  return fc.constantFrom<Command>(
    { type: "addRegion", items: [ITEM], region: box(id) },
    { type: "reshape", items: [ITEM], region: id, points: [0, 0, number + 1, 1] },
    { type: "retag", items: [ITEM], regions: [id], label: `l${number}` },
    { type: "removeRegions", items: [ITEM], regions: [id] },
    { type: "skip", items: [ITEM] },
  );
});

describe("commands on regions", () => {
  it("undo and redo lead to the very same pages", () => {
    fc.assert(fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      let back = startLog(page());
      const logs = [back];
      for (const one of commands) {
        back = record(back, one);
        logs.push(back);
      }
      for (const log of logs.toReversed().slice(1)) {
        back = undo(back);
        expect(back.page).toEqual(log.page);
      }
      for (const log of logs.slice(1)) {
        back = redo(back);
        expect(back.page).toEqual(log.page);
      }
    }));
  });

  it("give, after any undoing and redoing among hundreds, the page of applying them one by one", () => {
    const many = fc.array(command, { minLength: 150, maxLength: 300, size: "max" });
    const walk = fc.array(fc.oneof(fc.integer({ min: -200, max: 200 }), command), { maxLength: 12 });
    fc.assert(fc.property(many, walk, (commands, steps) => {
      let done = [...commands];
      let position = done.length;
      let log = done.reduce(record, startLog(page()));
      for (const step of steps) {
        if (typeof step === "number") {
          for (let by = Math.abs(step); by > 0; by -= 1) log = step < 0 ? undo(log) : redo(log);
          position = Math.max(0, Math.min(done.length, position + step));
        } else {
          log = record(log, step);
          done = [...done.slice(0, position), step];
          position = done.length;
        }
        expect(log.page).toEqual(done.slice(0, position).reduce(apply, page()));
      }
      const left = drop(log, new Set([ITEM]));
      expect([left.position, left.commands.length]).toEqual([position, done.length]);
      expect(left.page).toEqual({ ...page(), items: [] });
    }), { numRuns: 50 });
  });

  it("leave other regions the same objects, so that only what changed is drawn anew", () => {
    const log = [box("a"), box("b")].reduce((one, region) => record(one, { type: "addRegion", items: [ITEM], region }), startLog(page()));
    const after = record(log, { type: "reshape", items: [ITEM], region: "a", points: [0, 0, 9, 9] });
    expect(regions(after.page)[1]).toBe(regions(log.page)[1]);
    expect(regions(after.page)[0]).toEqual({ ...box("a"), points: [0, 0, 9, 9] });
  });

  it("a skip drops regions, a region takes the skip back", () => {
    const drawn = record(startLog(page()), { type: "addRegion", items: [ITEM], region: box("a") });
    const skipped = record(drawn, { type: "skip", items: [ITEM] });
    expect(choiceOf(skipped.page, ITEM)).toEqual({ ...NOTHING, skip: true });
    expect(choiceOf(record(skipped, { type: "addRegion", items: [ITEM], region: box("b") }).page, ITEM)).toEqual({ ...NOTHING, regions: [box("b")] });
  });
});

describe("what Submit waits for (A11, A17)", () => {
  const drawn = record(startLog(page()), { type: "addRegion", items: [ITEM], region: box("a") }).page;

  it.each([
    ["image_box", false, false],
    ["image_polygon", false, false],
    ["image_mask", false, false],
    ["image_box", true, true],
    ["image_mask", true, true],
    ["text_entities", false, true],
    ["text_multi_class", true, false],
  ] as const)("%s without anything, empty allowed %s: complete %s", (type, allowEmpty, complete) => {
    expect(isComplete(page(type, allowEmpty))).toBe(complete);
  });

  it("a region is enough, and so is a skip", () => {
    expect(missing(drawn)).toEqual([]);
    expect(isTouched(choiceOf(drawn, ITEM))).toBe(true);
  });

  it("sees a change of a region as a change", () => {
    const one = choiceOf(drawn, ITEM);
    expect(sameChoice(one, structuredClone(one))).toBe(true);
    expect(sameChoice(one, { ...one, regions: [{ ...box("a"), points: [1, 2, 3, 5] }] })).toBe(false);
    expect(sameChoice(one, { ...one, regions: [box("a"), box("b")] })).toBe(false);
    expect(sameChoice({ ...one, regions: [box("a"), box("b")] }, one)).toBe(false);
  });
});
