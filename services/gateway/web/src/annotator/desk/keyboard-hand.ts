/** Drawing by keyboard: the arrows move a crosshair, Enter presses and lets go, or clicks, as the tool wants it. */
import { inPicture, type Point } from "../geometry/point";
import type { Input, Tool } from "../tools/tool";
import type { Size } from "../viewport";

export class KeyboardHand {
  /** Null: the keyboard draws nothing at the moment. */
  at: Point | null = null;
  private pressed = false;

  /** A press that is not let go yet. */
  get holds(): boolean {
    return this.pressed;
  }

  /** `start`: where the crosshair appears. Answers its new place. */
  move(tool: Tool, dx: number, dy: number, picture: Size, scale: number, start: Point): Point {
    const from = this.at ?? { x: Math.round(start.x) - dx, y: Math.round(start.y) - dy };
    this.at = inPicture({ x: from.x + dx, y: from.y + dy }, picture);
    tool.pointerMove(inputAt(this.at, scale));
    return this.at;
  }

  /** False without a crosshair. */
  enter(tool: Tool, scale: number): boolean {
    if (!this.at) return false;
    const input = inputAt(this.at, scale);
    if (this.pressed) tool.pointerUp(input);
    else tool.pointerDown(input);
    if (tool.enter === "click") tool.pointerUp(input);
    else this.pressed = !this.pressed;
    return true;
  }

  /** True if there was anything to put away. */
  clear(): boolean {
    const was = this.at !== null;
    this.at = null;
    this.pressed = false;
    return was;
  }
}

function inputAt({ x, y }: Point, scale: number): Input {
  return { x, y, scale, shift: false, alt: false, pressure: 0.5, type: "keyboard" };
}

