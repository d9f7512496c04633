/** From a key to what is meant by it. Knows no page: whether it can be done is decided by the page. */
import type { Direction } from "./selection";
import type { TaskType } from "./task";
import { shapeOf } from "./task";
import type { ToolName } from "./tools/tool";

type Plain =
  | "toggle" | "selectAll" | "cancel" | "submit" | "skip" | "back" | "newer" | "instructions" | "undo" | "redo"
  | "zoomIn" | "zoomOut" | "zoomFit" | "zoomActual"
  | "enter" | "backspace" | "delete" | "deleteAll" | "lock" | "nextRegion" | "previousRegion" | "hideAll" | "smaller" | "larger";

export type Intent =
  | { readonly type: "label"; readonly key: string }
  /** large: with Shift. */
  | { readonly type: "move"; readonly direction: Direction; readonly large?: true }
  | { readonly type: "tool"; readonly tool: ToolName }
  | { readonly type: Plain };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Where keys mean different things: whole images, regions drawn on one, masks painted on one. */
export type Scope = "whole" | "regions" | "masks";
type Keymap = Readonly<Record<string, Intent>>;

const tool = (name: ToolName): Intent => ({ type: "tool", tool: name });

const EVERYWHERE: Keymap = {
  ArrowLeft: { type: "move", direction: "left" },
  ArrowRight: { type: "move", direction: "right" },
  ArrowUp: { type: "move", direction: "up" },
  ArrowDown: { type: "move", direction: "down" },
  Escape: { type: "cancel" },
  s: { type: "skip" },
  i: { type: "instructions" },
  "+": { type: "zoomIn" },
  "=": { type: "zoomIn" },
  "-": { type: "zoomOut" },
  "0": { type: "zoomFit" },
  ".": { type: "zoomActual" },
};

const WHOLE: Keymap = { " ": { type: "toggle" }, a: { type: "selectAll" }, b: { type: "back" }, "Shift+b": { type: "newer" }, w: tool("window") };

const DRAWING: Keymap = {
  Enter: { type: "enter" },
  Backspace: { type: "backspace" },
  Delete: { type: "delete" },
  "Shift+Delete": { type: "deleteAll" },
  p: tool("polygon"),
  m: tool("move"),
  u: tool("points"),
  w: tool("window"),
  l: { type: "lock" },
  n: { type: "nextRegion" },
  "Shift+n": { type: "previousRegion" },
  v: { type: "hideAll" },
};

/** What a scope has beside the keys of everywhere. No key is in two of its maps: a test looks. */
export const KEYMAPS: Readonly<Record<Scope, readonly Keymap[]>> = {
  whole: [EVERYWHERE, WHOLE],
  regions: [EVERYWHERE, DRAWING, { r: tool("rectangle"), t: tool("template"), b: { type: "back" }, "Shift+b": { type: "newer" } }],
  // B is the brush, as everywhere where one paints; what was done before is history.
  masks: [EVERYWHERE, DRAWING, { b: tool("brush"), e: tool("eraser"), "[": { type: "smaller" }, "]": { type: "larger" }, h: { type: "back" }, "Shift+h": { type: "newer" } }],
};

/** Ctrl and A would select the texts of the page itself. */
const WITH_CONTROL: Keymap = { a: { type: "selectAll" }, Enter: { type: "submit" }, z: { type: "undo" }, y: { type: "redo" } };

export function scopeOf(type: TaskType): Scope {
  if (type === "image_mask") return "masks";
  return shapeOf(type) === "box" || shapeOf(type) === "polygon" ? "regions" : "whole";
}

/** The key of a tool, as it is shown. */
export function toolKey(tool: ToolName): string {
  const maps = Object.values(KEYMAPS).flat().flatMap((map) => Object.entries(map));
  return maps.find(([, intent]) => intent.type === "tool" && intent.tool === tool)?.[0].toUpperCase() ?? "";
}

function lookUp(scope: Scope, name: string): Intent | null {
  for (const map of KEYMAPS[scope]) if (map[name]) return map[name];
  return null;
}

export function intentOf(press: KeyPress, scope: Scope = "whole"): Intent | null {
  if (press.altKey) return null;
  const name = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey) return name === "z" && press.shiftKey ? { type: "redo" } : (WITH_CONTROL[name] ?? null);
  if (/^[1-9]$/.test(name)) return { type: "label", key: name };
  const intent = (press.shiftKey ? lookUp(scope, `Shift+${name}`) : null) ?? lookUp(scope, name);
  return intent?.type === "move" && press.shiftKey ? { ...intent, large: true } : intent;
}
