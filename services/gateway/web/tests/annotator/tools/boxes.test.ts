// @vitest-environment node
import { describe, expect, it } from "vitest";

import { move, rectangle, template } from "../../../src/annotator/tools/drawing-tools";
import { TemplateSizes } from "../../../src/annotator/tools/template";
import { Easel } from "./easel";

describe("rectangle (F135–F137, A9)", () => {
  it.each([
    ["down and right", [10, 20], [50, 60]],
    ["up and left", [50, 60], [10, 20]],
    ["up and right", [10, 60], [50, 20]],
  ] as const)("draws %s, with the active label, and selects it", (_way, from, to) => {
    const easel = new Easel();
    easel.drag(rectangle(easel), from, to);
    expect(easel.points).toEqual([[10, 20, 50, 60]]);
    expect(easel.all[0]?.label).toBe("cat");
    expect(easel.selection).toBe(easel.all[0]?.id);
  });

  it("is cut at the picture's edges", () => {
    const easel = new Easel();
    easel.drag(rectangle(easel), [-30, 50], [500, 900]);
    expect(easel.points).toEqual([[0, 50, 200, 100]]);
  });

  it("rounds to hundredths", () => {
    const easel = new Easel({ width: 200, height: 100 }, 3);
    easel.drag(rectangle(easel), [1 / 3, 2 / 3], [20 / 3, 50 / 3]);
    expect(easel.points).toEqual([[0.33, 0.67, 6.67, 16.67]]);
  });

  it.each([
    ["a click", [10, 10], [10, 10]],
    ["a flat drag", [10, 10], [60, 10]],
    ["a drag beyond the edge", [-50, -50], [-10, -20]],
  ] as const)("makes nothing of %s, and says why", (_what, from, to) => {
    const easel = new Easel();
    easel.drag(rectangle(easel), from, to);
    expect(easel.points).toEqual([]);
    expect(easel.hints).toEqual(["tooSmall"]);
  });

  it("asks for a label first", () => {
    const easel = new Easel();
    easel.label = null;
    easel.drag(rectangle(easel), [10, 10], [50, 50]);
    expect([easel.points, easel.hints]).toEqual([[], ["chooseLabel"]]);
  });

  it("leaves nothing after Escape (F146)", () => {
    const easel = new Easel();
    const tool = rectangle(easel);
    tool.pointerDown(easel.at(10, 10));
    tool.pointerMove(easel.at(60, 60));
    tool.cancel();
    tool.pointerUp(easel.at(60, 60));
    expect(easel.points).toEqual([]);
  });

  it("adjusts the box just drawn by an edge, without leaving the tool", () => {
    const easel = new Easel();
    const tool = rectangle(easel);
    easel.drag(tool, [10, 20], [50, 60]);
    easel.drag(tool, [52, 40], [72, 40]);
    expect(easel.points).toEqual([[10, 20, 70, 60]]);
  });

  it("takes a finger's larger reach", () => {
    const easel = new Easel();
    const tool = rectangle(easel);
    easel.drag(tool, [10, 20], [50, 60], "touch");
    easel.drag(tool, [62, 40], [82, 40], "touch");
    expect(easel.points).toEqual([[10, 20, 70, 60]]);
  });
});

describe("template box (F142, F143, A10)", () => {
  it("is 50 × 50 pixels around the click, shifted inside", () => {
    const easel = new Easel();
    const tool = template(easel, new TemplateSizes());
    easel.click(tool, 100, 50);
    easel.click(tool, 199, 1);
    expect(easel.points).toEqual([[75, 25, 125, 75], [150, 0, 200, 50]]);
  });

  it("is cut to a picture that is smaller", () => {
    const easel = new Easel({ width: 30, height: 100 });
    easel.click(template(easel, new TemplateSizes()), 10, 50);
    expect(easel.points).toEqual([[0, 25, 30, 75]]);
  });

  it("has the present size of the box drawn last, whatever was placed since", () => {
    const easel = new Easel();
    const sizes = new TemplateSizes();
    easel.drag(rectangle(easel), [10, 10], [30, 50]);
    easel.click(template(easel, sizes), 100, 50);
    easel.drag(move(easel), [110, 30], [130, 30]);
    easel.click(template(easel, sizes), 100, 50);
    expect(easel.points.slice(1)).toEqual([[90, 30, 130, 70], [90, 30, 110, 70]]);
  });
});

describe("move and reshape (F141)", () => {
  const drawn = (): Easel => {
    const easel = new Easel();
    easel.drag(rectangle(easel), [50, 20], [90, 60]);
    return easel;
  };

  it.each([
    ["the left edge", [50, 40], [30, 40], [30, 20, 90, 60]],
    ["the lower edge", [70, 60], [70, 80], [50, 20, 90, 80]],
    ["a corner", [90, 20], [100, 10], [50, 10, 100, 60]],
    ["a corner over the opposite one", [90, 60], [20, 10], [20, 10, 50, 20]],
    ["the inside", [70, 40], [75, 50], [55, 30, 95, 70]],
    ["the inside beyond the edge", [70, 40], [900, 40], [160, 20, 200, 60]],
  ] as const)("drags %s", (_what, from, to, box) => {
    const easel = drawn();
    easel.drag(move(easel), from, to);
    expect(easel.points).toEqual([box]);
    expect(easel.lifted).toBeNull();
  });

  it("never lets a box become flat", () => {
    const easel = drawn();
    easel.drag(move(easel), [90, 40], [50, 40]);
    expect(easel.points).toEqual([[50, 20, 90, 60]]);
    expect(easel.hints).toEqual(["tooSmall"]);
  });

  it("selects by a click, and nothing beside all", () => {
    const easel = drawn();
    const tool = move(easel);
    easel.selection = null;
    easel.click(tool, 70, 40);
    expect(easel.selection).toBe(easel.all[0]?.id);
    easel.click(tool, 150, 90);
    expect(easel.selection).toBeNull();
    expect(easel.points).toEqual([[50, 20, 90, 60]]);
  });

  it("leaves a locked box alone and says so (F140)", () => {
    const easel = drawn();
    easel.locks.add(easel.all[0]?.id ?? "");
    const tool = move(easel);
    easel.drag(tool, [70, 40], [20, 20]);
    expect(easel.arrow(tool, 1, 0)).toBe(true);
    expect(easel.points).toEqual([[50, 20, 90, 60]]);
    expect(easel.hints).toEqual(["locked", "locked"]);
  });

  it("moves the selected box by the arrows, inside the picture", () => {
    const easel = drawn();
    const tool = move(easel);
    easel.arrow(tool, 1, 0);
    easel.arrow(tool, 0, -10);
    easel.arrow(tool, 0, -100);
    expect(easel.points).toEqual([[51, 0, 91, 40]]);
    easel.selection = null;
    expect(easel.arrow(tool, 1, 0)).toBe(false);
  });
});
