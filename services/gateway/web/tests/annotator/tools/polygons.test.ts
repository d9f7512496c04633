// @vitest-environment node
import { describe, expect, it } from "vitest";

import { move, points, polygon } from "../../../src/annotator/tools/drawing-tools";
import type { Tool } from "../../../src/annotator/tools/tool";
import { Easel } from "./easel";

const SQUARE = [[20, 20], [80, 20], [80, 80], [20, 80]] as const;

function clicks(easel: Easel, tool: Tool, corners: readonly (readonly [number, number])[]): void {
  for (const [x, y] of corners) easel.click(tool, x, y);
}

function drawn(): Easel {
  const easel = new Easel();
  const tool = polygon(easel);
  clicks(easel, tool, SQUARE);
  easel.press(tool, "enter");
  return easel;
}

describe("polygon (F147, A9)", () => {
  it("is closed by a double click, whose second press sets no corner", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    clicks(easel, tool, SQUARE);
    easel.click(tool, 21, 80);
    tool.doubleClick(easel.at(21, 80));
    expect(easel.points).toEqual([SQUARE.flat()]);
    expect(easel.selection).toBe(easel.all[0]?.id);
  });

  it("is closed by Enter, and by its first corner", () => {
    const easel = drawn();
    const tool = polygon(easel);
    clicks(easel, tool, [...SQUARE, [23, 22]]);
    expect(easel.points).toEqual([SQUARE.flat(), SQUARE.flat()]);
  });

  it("gives the last corner back", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    clicks(easel, tool, [...SQUARE, [10, 50]]);
    easel.press(tool, "backspace");
    easel.press(tool, "enter");
    expect(easel.points).toEqual([SQUARE.flat()]);
    clicks(easel, tool, [[5, 5]]);
    easel.press(tool, "backspace");
    expect(easel.press(tool, "backspace")).toBe(false);
  });

  it("says at once that a corner would cross the outline, and does not set it", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    clicks(easel, tool, [[20, 20], [80, 20], [80, 80], [50, 10]]);
    expect(easel.hints).toEqual(["selfCrossing"]);
    easel.click(tool, 20, 80);
    easel.press(tool, "enter");
    expect(easel.points).toEqual([SQUARE.flat()]);
  });

  it("does not close over itself", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    clicks(easel, tool, [[50, 50], [80, 20], [80, 80], [20, 80], [20, 20], [90, 11]]);
    easel.press(tool, "enter");
    expect(easel.hints).toEqual(["selfCrossing"]);
    expect(easel.points).toEqual([]);
  });

  it("needs three corners, and says so", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    clicks(easel, tool, SQUARE.slice(0, 2));
    easel.press(tool, "enter");
    expect([easel.points, easel.hints]).toEqual([[], ["fewCorners"]]);
    expect(easel.press(tool, "escape")).toBe(true);
    expect(easel.press(tool, "escape")).toBe(false);
  });

  it("keeps corners inside the picture", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    clicks(easel, tool, [[-10, -10], [300, -5], [250, 300]]);
    easel.press(tool, "enter");
    expect(easel.points).toEqual([[0, 0, 200, 0, 200, 100]]);
  });

  it("can be drawn with the crosshair: Enter sets corners, and closes where it stands", () => {
    const easel = new Easel();
    const tool = polygon(easel);
    for (const [x, y] of SQUARE) {
      tool.pointerMove(easel.at(x, y, "keyboard"));
      expect(easel.press(tool, "enter")).toBe(false);
      tool.pointerDown(easel.at(x, y, "keyboard"));
      tool.pointerUp(easel.at(x, y, "keyboard"));
    }
    expect(easel.press(tool, "enter")).toBe(true);
    expect(easel.points).toEqual([SQUARE.flat()]);
  });
});

describe("corners (F152)", () => {
  it("come on an edge by a click", () => {
    const easel = drawn();
    easel.click(points(easel), 50, 21);
    expect(easel.points).toEqual([[20, 20, 50, 20, 80, 20, 80, 80, 20, 80]]);
  });

  it("come on an edge and go where they are dragged", () => {
    const easel = drawn();
    easel.drag(points(easel), [50, 20], [50, 5]);
    expect(easel.points).toEqual([[20, 20, 50, 5, 80, 20, 80, 80, 20, 80]]);
  });

  it("go by a click, but never below three", () => {
    const easel = drawn();
    const tool = points(easel);
    easel.click(tool, 80, 80);
    expect(easel.points).toEqual([[20, 20, 80, 20, 20, 80]]);
    easel.click(tool, 80, 20);
    expect(easel.hints).toEqual(["fewCorners"]);
  });

  it("can't be dragged over the outline", () => {
    const easel = drawn();
    easel.drag(points(easel), [80, 80], [50, 5]);
    expect([easel.points, easel.hints]).toEqual([[SQUARE.flat()], ["selfCrossing"]]);
  });

  it("stay while the polygon is locked", () => {
    const easel = drawn();
    easel.locks.add(easel.all[0]?.id ?? "");
    easel.click(points(easel), 80, 80);
    expect([easel.points, easel.hints]).toEqual([[SQUARE.flat()], ["locked"]]);
  });

  it("ask for a polygon first", () => {
    const easel = drawn();
    easel.selection = null;
    const tool = points(easel);
    easel.click(tool, 150, 50);
    expect(easel.hints).toEqual(["selectPolygon"]);
    easel.click(tool, 50, 50);
    expect(easel.selection).toBe(easel.all[0]?.id);
  });
});

describe("moving a polygon", () => {
  it("drags the whole and keeps its form", () => {
    const easel = drawn();
    easel.drag(move(easel), [50, 50], [60.004, 65.336]);
    expect(easel.points).toEqual([[30, 35.34, 90, 35.34, 90, 95.34, 30, 95.34]]);
  });

  it("drags a corner", () => {
    const easel = drawn();
    easel.drag(move(easel), [80, 80], [95, 95]);
    expect(easel.points).toEqual([[20, 20, 80, 20, 95, 95, 20, 80]]);
  });
});
