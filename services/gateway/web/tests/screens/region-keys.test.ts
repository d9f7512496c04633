import { cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useRegionKeys } from "../../src/screens/labeling/regions/useRegionKeys";
import { browser, Desk } from "../annotator/desk/desk";

let desk: Desk;

beforeEach(() => {
  browser();
  desk = new Desk({ type: "image_box" });
  renderHook(() => useRegionKeys({ type: "image_box", tools: ["rectangle", "move"], annotator: desk.annotator, labels: [], deeds: { undo: () => desk.undo() } }));
});
afterEach(() => {
  cleanup();
  desk.annotator.destroy();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const press = (key: string, held: KeyboardEventInit = {}) => window.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true, ...held }));

function drag(): void {
  desk.fire("pointerdown", 10, 10);
  desk.fire("pointermove", 60, 60);
  desk.fire("pointerup", 60, 60);
}

describe("keys while regions are drawn", () => {
  it("the space bar moves the picture until it is let go, also in another window", () => {
    press(" ");
    drag();
    expect(desk.regions).toHaveLength(0);
    window.dispatchEvent(new Event("blur"));
    drag();
    expect(desk.regions).toHaveLength(1);
  });

  it("Control and Z takes back what is begun, then what is done", () => {
    drag();
    desk.fire("pointerdown", 100, 10);
    desk.fire("pointermove", 150, 60);
    press("z", { ctrlKey: true });
    desk.fire("pointerup", 150, 60);
    expect(desk.regions).toHaveLength(1);
    press("z", { ctrlKey: true });
    expect(desk.regions).toHaveLength(0);
  });

  it("Control and A selects no text", () => {
    expect(press("a", { ctrlKey: true })).toBe(false);
  });
});
