/** What every tool is: a state machine fed with pointer and key input in picture pixels. It knows no element and no page. */
import type { Command } from "../command";
import type { Region } from "../regions/region";
import type { RegionIndex } from "../regions/region-index";
import type { Size, Viewport } from "../viewport";

export type ToolName = "rectangle" | "template" | "move" | "polygon" | "points" | "brush" | "eraser" | "window";

/** A pointer over the picture. `x` and `y` are continuous picture pixels and may lie outside the picture. */
export interface Input {
  readonly x: number;
  readonly y: number;
  /** CSS pixels for one picture pixel: what a tolerance on the screen means in the picture. */
  readonly scale: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** 0 to 1; 0.5 where the device knows none. */
  readonly pressure: number;
  /** keyboard: the crosshair that the arrow keys move. */
  readonly type: "mouse" | "pen" | "touch" | "keyboard";
}

/** dx, dy: picture pixels. */
export type ToolIntent =
  | { readonly type: "arrow"; readonly dx: number; readonly dy: number }
  | { readonly type: "enter" | "escape" | "backspace" | "delete" | "smaller" | "larger" };

/** shape: more clicks are to come. drag: it is over when the hand lets go. */
export type Begun = "shape" | "drag";

export interface Tool {
  readonly name: ToolName;
  /** A CSS cursor. */
  readonly cursor: string;
  /** How Enter acts at the crosshair: presses and later lets go, or clicks. */
  readonly enter: "press" | "click";
  /** What is begun and would be lost by leaving. */
  readonly busy: Begun | null;
  pointerDown(input: Input): void;
  pointerMove(input: Input): void;
  pointerUp(input: Input): void;
  doubleClick(input: Input): void;
  /** True if the key was used; what is not used may mean something to the stage or the page. */
  key(intent: ToolIntent): boolean;
  /** Draws the shape under edit. Lengths are CSS pixels. */
  draw(context: CanvasRenderingContext2D, view: Viewport): void;
  /** Forgets what is under edit; nothing of it stays. */
  cancel(): void;
}

/** Why something was not done; said to the person. */
export type Hint = "chooseLabel" | "locked" | "tooSmall" | "fewCorners" | "selfCrossing" | "selectPolygon" | "tooMany" | "unfinished" | "holding" | "boxKeeps";

/** What a tool may see and do. */
export interface ToolHost {
  readonly size: Size;
  readonly item: string;
  readonly regions: RegionIndex;
  /** The active label: what is drawn next gets it. */
  readonly label: string | null;
  readonly selection: string | null;
  readonly colorOf: (label: string) => string;
  readonly locked: (region: string) => boolean;
  /** False for what is hidden: no tool touches it. */
  readonly shown: (region: Region) => boolean;
  command(command: Command): void;
  select(region: string | null): void;
  /** Takes a region off the still canvas while the tool draws it; null puts it back. */
  lift(region: string | null): void;
  hint(hint: Hint): void;
  /** The shape under edit or the cursor changed. */
  redraw(): void;
}
