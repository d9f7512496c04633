/** From a key to what is meant by it. Knows no page: whether it can be done is decided by the page. */
import type { Direction } from "./selection";

export type Intent =
  | { readonly type: "label"; readonly key: string }
  | { readonly type: "move"; readonly direction: Direction }
  | { readonly type: "toggle" | "selectAll" | "cancel" | "submit" | "skip" | "back" | "newer" | "instructions" | "undo" | "redo" | "zoomIn" | "zoomOut" | "zoomFit" };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const PLAIN: Record<string, Intent> = {
  ArrowLeft: { type: "move", direction: "left" },
  ArrowRight: { type: "move", direction: "right" },
  ArrowUp: { type: "move", direction: "up" },
  ArrowDown: { type: "move", direction: "down" },
  " ": { type: "toggle" },
  a: { type: "selectAll" },
  Escape: { type: "cancel" },
  s: { type: "skip" },
  b: { type: "back" },
  i: { type: "instructions" },
  "+": { type: "zoomIn" },
  "=": { type: "zoomIn" },
  "-": { type: "zoomOut" },
  "0": { type: "zoomFit" },
};

const WITH_CONTROL: Record<string, Intent> = { Enter: { type: "submit" }, z: { type: "undo" }, y: { type: "redo" } };

export function intentOf(press: KeyPress): Intent | null {
  if (press.altKey) return null;
  const name = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey) return name === "z" && press.shiftKey ? { type: "redo" } : (WITH_CONTROL[name] ?? null);
  if (/^[1-9]$/.test(name)) return { type: "label", key: name };
  if (name === "b" && press.shiftKey) return { type: "newer" };
  return PLAIN[name] ?? null;
}
