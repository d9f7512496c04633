import { beforeEach, describe, expect, it } from "vitest";

import { HIGHEST } from "../../src/annotator/text/window";
import { TextScroll } from "../../src/screens/labeling/text/scroll";

const VIEW = 600;

describe("scrolling of a text", () => {
  let scroll: TextScroll;
  let element: HTMLElement;
  beforeEach(() => {
    scroll = new TextScroll();
    element = document.createElement("div");
    scroll.attach(element);
  });
  const drag = (bar: number) => {
    element.scrollTop = bar;
    element.dispatchEvent(new Event("scroll"));
  };

  it("draws the rows in view and a few more", () => {
    scroll.reset(10_000, () => 20, VIEW);
    expect(scroll.layout).toMatchObject({ window: { first: 0 }, height: 200_000 });
    drag(100_000);
    expect(scroll.layout.window.first).toBeLessThanOrEqual(5_000);
    expect(scroll.layout.window.last).toBeGreaterThanOrEqual(5_030);
    expect(scroll.layout.window.last - scroll.layout.window.first).toBeLessThan(80);
  });

  it("keeps what is in view in its place when rows above turn out higher", () => {
    scroll.reset(1_000, () => 20, VIEW);
    drag(10_000);
    const before = scroll.place(500) - element.scrollTop;
    scroll.measured([[480, 60], [490, 10], [510, 90]]);
    scroll.settle();
    expect(element.scrollTop).toBe(10_030);
    expect(scroll.place(500) - element.scrollTop).toBe(before);
  });

  it("stays at the same row when the width changes", () => {
    scroll.reset(1_000, () => 20, VIEW);
    drag(10_000);
    scroll.reset(1_000, () => 40, VIEW);
    scroll.settle();
    expect(element.scrollTop).toBe(20_000);
  });

  it("reaches the last row of a text that is too high for a browser", () => {
    scroll.reset(4_000_000, () => 20, VIEW);
    expect(scroll.layout.height).toBe(HIGHEST);
    drag(HIGHEST - VIEW);
    expect(scroll.layout.window.last).toBe(4_000_000);
    expect(scroll.place(3_999_999) - element.scrollTop).toBe(VIEW - 20);
    scroll.reveal(0);
    scroll.settle();
    expect(element.scrollTop).toBe(0);
  });

  it("moves by pixels with the wheel, also there", () => {
    scroll.reset(4_000_000, () => 20, VIEW);
    scroll.reveal(2_000_000);
    scroll.settle();
    const before = scroll.place(2_000_000) - element.scrollTop;
    const wheel = new WheelEvent("wheel", { deltaY: 100, cancelable: true });
    element.dispatchEvent(wheel);
    scroll.settle();
    expect(wheel.defaultPrevented).toBe(true);
    expect(Math.abs(before - 100 - (scroll.place(2_000_000) - element.scrollTop))).toBeLessThan(2);
  });
});
