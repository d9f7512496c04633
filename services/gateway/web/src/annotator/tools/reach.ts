/** How near is near enough, on the screen. */
import type { Input } from "./tool";

const REACH_PX = { mouse: 6, pen: 9, touch: 16, keyboard: 6 } as const;
/** A press that moves less is a click. */
const CLICK_PX = { mouse: 3, pen: 6, touch: 8, keyboard: 0 } as const;

/** In picture pixels. */
export function reachOf(input: Input): number {
  return REACH_PX[input.type] / input.scale;
}

export function isDrag(from: Input, to: Input): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) * to.scale > CLICK_PX[to.type];
}
