/** The pointer is down and may still become a click or a drag. */
import { isDrag } from "../reach";
import type { State } from "../state";
import type { Input } from "../tool";

export class Pressing implements State {
  readonly cursor: string;

  constructor(
    private readonly from: Input,
    private readonly hand: { readonly cursor: string; readonly drag: () => State; readonly click: (input: Input) => State },
  ) {
    this.cursor = hand.cursor;
  }

  pointerMove(input: Input): State {
    if (!isDrag(this.from, input)) return this;
    const dragging = this.hand.drag();
    return dragging.pointerMove?.(input) ?? dragging;
  }

  pointerUp(input: Input): State {
    return this.hand.click(input);
  }
}
