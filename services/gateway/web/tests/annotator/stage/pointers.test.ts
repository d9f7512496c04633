import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type Hand, Pointers, type Touch } from "../../../src/annotator/stage/pointers";

interface Given {
  readonly id?: number;
  readonly x?: number;
  readonly y?: number;
  readonly button?: number;
  readonly type?: string;
  readonly time?: number;
}

let element: HTMLElement;
let pointers: Pointers;
let done: string[];

const at = ({ x, y }: { x: number; y: number }): string => `${x},${y}`;
const hand: Hand = {
  down: (touch: Touch) => done.push(`down ${at(touch)}`),
  move: (touch: Touch) => done.push(`move ${at(touch)}`),
  up: (touch: Touch) => done.push(`up ${at(touch)}`),
  doubleClick: () => done.push("double"),
  cancel: () => done.push("cancel"),
  leave: () => done.push("leave"),
  pan: (dx, dy) => done.push(`pan ${dx},${dy}`),
  zoom: (factor, middle) => done.push(`zoom ${factor.toFixed(2)} ${at(middle)}`),
};

function fire(name: string, { id = 1, x = 0, y = 0, button = 0, type = "mouse", time = 0 }: Given = {}): void {
  const event = new MouseEvent(name, { clientX: x, clientY: y, button, bubbles: true });
  Object.assign(event, { pointerId: id, pointerType: type, pressure: 0.5, getCoalescedEvents: () => [] });
  Object.defineProperty(event, "timeStamp", { value: time });
  element.dispatchEvent(event);
}

beforeEach(() => {
  element = document.createElement("div");
  element.setPointerCapture = () => undefined;
  done = [];
  pointers = new Pointers(element, hand);
});
afterEach(() => pointers.destroy());

describe("pointers", () => {
  it("use the tool by the first button", () => {
    fire("pointerdown", { x: 1, y: 2 });
    fire("pointermove", { x: 3, y: 4 });
    fire("pointerup", { x: 5, y: 6 });
    expect(done).toEqual(["down 1,2", "move 3,4", "up 5,6"]);
  });

  it("leave the second button to the browser and pan by the middle one", () => {
    fire("pointerdown", { button: 2 });
    fire("pointerdown", { button: 1, x: 10, y: 10 });
    fire("pointermove", { x: 14, y: 9 });
    fire("pointerup");
    expect(done).toEqual(["pan 4,-1"]);
  });

  it("pan while the space bar is held", () => {
    pointers.panning = true;
    fire("pointerdown");
    fire("pointermove", { x: 7, y: 8 });
    expect(done).toEqual(["pan 7,8"]);
  });

  it("take two quick presses in one place as a double click, a third as a new one", () => {
    for (const time of [0, 200, 300]) {
      fire("pointerdown", { time });
      fire("pointerup", { time });
    }
    expect(done.filter((one) => one === "double")).toHaveLength(1);
  });

  it("a slow second press, or one elsewhere, is a press", () => {
    for (const [time, x] of [[0, 0], [900, 0], [1000, 80]] as const) {
      fire("pointerdown", { time, x });
      fire("pointerup", { time, x });
    }
    expect(done).not.toContain("double");
  });

  it("a second finger takes back what the first began, and pinches", () => {
    fire("pointerdown", { id: 1, type: "touch", x: 0, y: 0 });
    fire("pointerdown", { id: 2, type: "touch", x: 10, y: 0 });
    fire("pointermove", { id: 2, type: "touch", x: 20, y: 0 });
    fire("pointerup", { id: 2, type: "touch" });
    fire("pointerup", { id: 1, type: "touch" });
    expect(done).toEqual(["down 0,0", "cancel", "zoom 2.00 5,0", "pan 5,0"]);
  });

  it("a palm beside a pen does nothing", () => {
    fire("pointerdown", { id: 1, type: "pen" });
    fire("pointerdown", { id: 2, type: "touch", x: 50 });
    fire("pointermove", { id: 1, type: "pen", x: 5 });
    expect(done).toEqual(["down 0,0", "move 5,0"]);
  });

  it("let go of text that is selected, which the browser would drag instead", () => {
    document.body.textContent = "Cats and dogs";
    document.getSelection()?.selectAllChildren(document.body);
    fire("pointerdown");
    expect(document.getSelection()?.rangeCount).toBe(0);
    const drag = new Event("dragstart", { cancelable: true });
    element.dispatchEvent(drag);
    expect(drag.defaultPrevented).toBe(true);
  });

  it("what the system takes away is taken back", () => {
    fire("pointerdown");
    fire("pointercancel");
    fire("pointerup");
    expect(done).toEqual(["down 0,0", "cancel"]);
  });
});
