/** From pointer events to what the hand does: it uses the tool, moves the picture, or zooms. Places are CSS pixels of the element. */
import { distance, type Point } from "../geometry/point";

export interface Touch extends Point {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly pressure: number;
  readonly type: "mouse" | "pen" | "touch";
}

export interface Hand {
  down(at: Touch): void;
  move(at: Touch): void;
  up(at: Touch): void;
  doubleClick(at: Touch): void;
  /** What was begun is taken back: a second finger came, or the system took the pointer away. */
  cancel(): void;
  /** The pointer is no longer over the picture. */
  leave(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
}

const WHEEL = 0.0016;
/** One line of a wheel that counts in lines. */
const LINE_PX = 16;
const DOUBLE_MS = 400;
const DOUBLE_PX = { mouse: 5, pen: 12, touch: 24 } as const;
const MIDDLE = 1;

const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

export class Pointers {
  /** While the space bar is held, dragging moves the picture. */
  panning = false;
  private readonly down = new Map<number, Touch>();
  private mode: "none" | "tool" | "pan" | "pinch" = "none";
  private last: { readonly at: Touch; readonly time: number } | null = null;
  private readonly stop = new AbortController();

  constructor(
    private readonly element: HTMLElement,
    private readonly hand: Hand,
  ) {
    const { signal } = this.stop;
    element.addEventListener("wheel", this.onWheel, { passive: false, signal });
    element.addEventListener("pointerdown", this.onDown, { signal });
    element.addEventListener("pointermove", this.onMove, { signal });
    element.addEventListener("pointerup", this.onUp, { signal });
    element.addEventListener("pointercancel", this.onCancel, { signal });
    element.addEventListener("pointerleave", () => this.hand.leave(), { signal });
    // The browser would drag what is selected, and take the pointer away for it.
    element.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  }

  destroy(): void {
    this.stop.abort();
  }

  private touch(event: PointerEvent): Touch {
    const { left, top } = this.element.getBoundingClientRect();
    const type = event.pointerType === "touch" || event.pointerType === "pen" ? event.pointerType : "mouse";
    return { x: event.clientX - left, y: event.clientY - top, shift: event.shiftKey, alt: event.altKey, pressure: event.pressure, type };
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { left, top } = this.element.getBoundingClientRect();
    this.hand.zoom(Math.exp(-event.deltaY * WHEEL * (event.deltaMode === 1 ? LINE_PX : 1)), { x: event.clientX - left, y: event.clientY - top });
  };

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button > MIDDLE || (event.target instanceof Element && event.target.closest("button"))) return;
    const at = this.touch(event);
    // The palm beside a pen is no finger.
    if (at.type === "touch" && [...this.down.values()].some((one) => one.type === "pen")) return;
    document.getSelection()?.removeAllRanges();
    this.element.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, at);
    if (this.down.size > 1) {
      if (this.mode === "tool") this.hand.cancel();
      this.mode = "pinch";
    } else if (this.panning || event.button === MIDDLE) this.mode = "pan";
    else {
      this.mode = "tool";
      this.hand.down(at);
    }
  };

  private readonly onMove = (event: PointerEvent): void => {
    const was = this.down.get(event.pointerId);
    if (!was) {
      if (this.down.size === 0) this.hand.move(this.touch(event));
      return;
    }
    const at = this.touch(event);
    this.down.set(event.pointerId, at);
    if (this.mode === "pan") this.hand.pan(at.x - was.x, at.y - was.y);
    if (this.mode === "pinch") this.pinch(event.pointerId, was, at);
    if (this.mode === "tool") for (const one of coalesced(event)) this.hand.move(this.touch(one));
  };

  private pinch(id: number, was: Touch, at: Touch): void {
    const other = [...this.down].find(([one]) => one !== id)?.[1];
    if (!other) return;
    const [before, middle] = [middleOf(was, other), middleOf(at, other)];
    // Around where the middle was: what lay between the fingers then goes along with them, and lies between them still.
    this.hand.zoom(Math.max(1, distance(at, other)) / Math.max(1, distance(was, other)), before);
    this.hand.pan(middle.x - before.x, middle.y - before.y);
  }

  private readonly onUp = (event: PointerEvent): void => {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "tool") this.release(this.touch(event), event.timeStamp);
    if (this.down.size === 0) this.mode = "none";
  };

  private release(at: Touch, time: number): void {
    this.hand.up(at);
    const { last } = this;
    const double = last !== null && time - last.time < DOUBLE_MS && distance(last.at, at) <= DOUBLE_PX[at.type];
    this.last = double ? null : { at, time };
    if (double) this.hand.doubleClick(at);
  }

  private readonly onCancel = (event: PointerEvent): void => {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "tool") this.hand.cancel();
    if (this.down.size === 0) this.mode = "none";
  };
}

/** All places since the last event, for smooth strokes. */
function coalesced(event: PointerEvent): readonly PointerEvent[] {
  const all = event.getCoalescedEvents();
  return all.length > 0 ? all : [event];
}
