import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Region } from "../../../src/annotator/regions/region";
import { browser, Desk } from "./desk";

const CAT: Region = { id: "1", label: "cat", shape: "polygon", points: [10, 10, 60, 10, 60, 60] };

let desk: Desk;

beforeEach(browser);
afterEach(() => {
  desk.annotator.destroy();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the region under the pointer", () => {
  beforeEach(() => {
    desk = new Desk({ type: "image_polygon" }, [CAT]);
    desk.annotator.setTool("move");
    desk.fire("pointermove", 50, 20);
    expect(desk.annotator.state.hovered).toBe(CAT.id);
  });

  it("is none with another tool", () => {
    desk.annotator.setTool("polygon");
    expect(desk.annotator.state.hovered).toBeNull();
  });

  it("is none once it is hidden", () => {
    desk.annotator.toggleAll();
    expect(desk.annotator.state.hovered).toBeNull();
  });
});

describe("undo of what is begun", () => {
  it("takes the corners of a polygon back, then the polygon before", () => {
    desk = new Desk({ type: "image_polygon" });
    for (const [x, y] of [[10, 10], [60, 10], [60, 60]] as const) desk.click(x, y);
    desk.annotator.key({ type: "enter" });
    expect(desk.regions).toHaveLength(1);
    for (const [x, y] of [[100, 10], [150, 10]] as const) desk.click(x, y);
    desk.undo();
    desk.undo();
    expect(desk.annotator.tool.busy).toBeNull();
    expect(desk.regions).toHaveLength(1);
    desk.undo();
    expect(desk.regions).toHaveLength(0);
  });

  it("takes a drag back that is under way", () => {
    desk = new Desk({ type: "image_box" });
    desk.fire("pointerdown", 10, 10);
    desk.fire("pointermove", 60, 60);
    desk.undo();
    desk.fire("pointerup", 70, 70);
    expect(desk.regions).toHaveLength(0);
  });
});

describe("a press that is taken back, as by a second finger", () => {
  const takeBack = (x: number, y: number) => ["pointerdown", "pointercancel"].forEach((name) => desk.fire(name, x, y));

  it("leaves the corners of a polygon that are set already, and sets none", () => {
    desk = new Desk({ type: "image_polygon" });
    for (const [x, y] of [[10, 10], [60, 10], [60, 60]] as const) desk.click(x, y);
    takeBack(20, 60);
    desk.annotator.key({ type: "enter" });
    expect(desk.regions.map((region) => region.points)).toEqual([CAT.points]);
  });

  it("draws no box", () => {
    desk = new Desk({ type: "image_box" });
    takeBack(10, 10);
    desk.fire("pointermove", 60, 60);
    desk.fire("pointerup", 60, 60);
    expect(desk.regions).toEqual([]);
    expect(desk.annotator.isFinished()).toBe(true);
  });
});

describe("a page with something begun", () => {
  it("is not left in mid-drag, and says why", () => {
    desk = new Desk({ type: "image_box" });
    desk.fire("pointerdown", 10, 10);
    desk.fire("pointermove", 60, 60);
    expect(desk.annotator.isFinished()).toBe(false);
    expect(desk.hint).toBe("holding");
    desk.fire("pointerup", 60, 60);
    expect(desk.annotator.isFinished()).toBe(true);
    expect(desk.regions.map((region) => region.points)).toEqual([[10, 10, 60, 60]]);
  });

  it("is not left with an open polygon", () => {
    desk = new Desk({ type: "image_polygon" });
    desk.click(10, 10);
    expect(desk.annotator.isFinished()).toBe(false);
    expect(desk.hint).toBe("unfinished");
  });
});

describe("a label for a box that has one (F139)", () => {
  it("goes to the next box, and that is said", () => {
    desk = new Desk({ type: "image_box" });
    desk.fire("pointerdown", 10, 10);
    desk.fire("pointerup", 60, 60);
    desk.annotator.chooseLabel("cat");
    expect(desk.hint).toBeUndefined();
    desk.annotator.chooseLabel("dog");
    expect(desk.hint).toBe("boxKeeps");
    expect(desk.regions.map((region) => region.label)).toEqual(["cat"]);
    expect(desk.annotator.label).toBe("dog");
  });
});

describe("paint", () => {
  it("is hidden with the regions, and shown by the next stroke", () => {
    desk = new Desk({ type: "image_mask" }, [CAT]);
    desk.annotator.toggleAll();
    expect([desk.annotator.state.paintHidden, desk.annotator.state.hidden.has(CAT.id)]).toEqual([true, true]);
    desk.annotator.toggleAll();
    expect([desk.annotator.state.paintHidden, desk.annotator.state.hidden.has(CAT.id)]).toEqual([false, false]);
    desk.annotator.toggleAll();
    desk.annotator.command({ type: "paint", items: [desk.annotator.item], stroke: { kind: "erase", size: 1, points: new Float32Array(2) } });
    expect(desk.annotator.state.paintHidden).toBe(false);
  });

  it("is nothing where boxes are drawn", () => {
    desk = new Desk({ type: "image_box" });
    desk.annotator.toggleAll();
    expect(desk.annotator.state.paintHidden).toBe(false);
  });
});
