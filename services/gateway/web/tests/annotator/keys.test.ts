import { describe, expect, it } from "vitest";

import { intentOf, type KeyPress } from "../../src/annotator/keys";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("keys", () => {
  it.each([
    ["1", { type: "label", key: "1" }],
    ["9", { type: "label", key: "9" }],
    ["0", { type: "zoomFit" }],
    ["ArrowUp", { type: "move", direction: "up" }],
    [" ", { type: "toggle" }],
    ["a", { type: "selectAll" }],
    ["S", { type: "skip" }],
    ["b", { type: "back" }],
    ["i", { type: "instructions" }],
    ["Escape", { type: "cancel" }],
  ])("%s", (key, intent) => expect(intentOf(press(key))).toEqual(intent));

  it("takes Control and Command alike", () => {
    expect(intentOf(press("Enter", { ctrlKey: true }))).toEqual({ type: "submit" });
    expect(intentOf(press("Enter", { metaKey: true }))).toEqual({ type: "submit" });
    expect(intentOf(press("z", { ctrlKey: true }))).toEqual({ type: "undo" });
    expect(intentOf(press("Z", { ctrlKey: true, shiftKey: true }))).toEqual({ type: "redo" });
  });

  it("leaves the browser's own keys alone", () => {
    expect(intentOf(press("s", { ctrlKey: true }))).toBeNull();
    expect(intentOf(press("1", { altKey: true }))).toBeNull();
    expect(intentOf(press("Enter"))).toBeNull();
    expect(intentOf(press("Tab"))).toBeNull();
  });

  it("Control and A is no way to select the texts of the page", () => {
    expect(intentOf(press("a", { ctrlKey: true }))).toEqual({ type: "selectAll" });
  });
});
