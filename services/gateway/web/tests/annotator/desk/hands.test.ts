// @vitest-environment node
import { describe, expect, it } from "vitest";

import { polygon, rectangle } from "../../../src/annotator/tools/drawing-tools";
import { KeyboardHand } from "../../../src/annotator/desk/keyboard-hand";
import { Lock } from "../../../src/annotator/desk/lock";
import { Easel } from "../tools/easel";

const START = { x: 100.4, y: 50.2 };

describe("drawing by keyboard", () => {
  it("draws a box: the arrows move the crosshair, Enter sets its corners", () => {
    const easel = new Easel();
    const [tool, hand] = [rectangle(easel), new KeyboardHand()];
    const go = (dx: number, dy: number) => hand.move(tool, dx, dy, easel.size, 1, START);
    expect(hand.enter(tool, 1)).toBe(false);
    expect(go(1, 0)).toEqual({ x: 100, y: 50 });
    go(-10, 0);
    expect(hand.enter(tool, 1)).toBe(true);
    go(20, 0);
    go(0, 10);
    hand.enter(tool, 1);
    expect(easel.points).toEqual([[90, 50, 110, 60]]);
  });

  it("the crosshair stays in the picture", () => {
    const easel = new Easel();
    const hand = new KeyboardHand();
    expect(hand.move(rectangle(easel), 1, 0, easel.size, 1, { x: 199, y: 99 })).toEqual({ x: 199, y: 99 });
    expect(hand.move(rectangle(easel), 10, 10, easel.size, 1, START)).toEqual({ x: 200, y: 100 });
  });

  it("draws a polygon of single pixels", () => {
    const easel = new Easel();
    const [tool, hand] = [polygon(easel), new KeyboardHand()];
    const enter = () => tool.key({ type: "enter" }) || hand.enter(tool, 1);
    for (const [dx, dy] of [[1, 0], [1, 0], [0, 1], [-1, 0]] as const) {
      hand.move(tool, dx, dy, easel.size, 1, START);
      enter();
    }
    enter();
    expect(easel.points).toEqual([[100, 50, 101, 50, 101, 51, 100, 51]]);
  });

  it("is put away by Escape", () => {
    const hand = new KeyboardHand();
    expect(hand.clear()).toBe(false);
    const easel = new Easel();
    hand.move(rectangle(easel), 1, 0, easel.size, 1, START);
    expect(hand.clear()).toBe(true);
    expect(hand.enter(rectangle(easel), 1)).toBe(false);
  });
});

describe("the lock (F140, A15)", () => {
  it("holds what was there, not what is made since", () => {
    const lock = new Lock();
    lock.add("before");
    expect(lock.holds("before")).toBe(false);
    lock.set(true);
    lock.add("after");
    expect([lock.holds("before"), lock.holds("after")]).toEqual([true, false]);
    lock.set(false);
    lock.set(true);
    expect(lock.holds("after")).toBe(true);
  });
});
