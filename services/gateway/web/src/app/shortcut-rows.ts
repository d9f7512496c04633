/** What is in the list of keys: what every page has, and what the task at hand has beside it. */
import type { TFunction } from "i18next";

import { type Scope, scopeOf, toolKey } from "../annotator/keys";
import { isText, oneAPage, shapeOf, type TaskType } from "../annotator/task";
import { toolsOf } from "../annotator/tools/offer";

/** What a key does, and the key. */
export type Row = readonly [string, string];

const WHOLE = [["move", "arrows"], ["select", "space"], ["selectAll", "a"], ["none", "esc"]] as const;
const ENTITIES = [
  ["entity", "digits"],
  ["caret", "arrows"],
  ["words", "controlArrows"],
  ["mark", "shiftArrows"],
  ["tag", "enter"],
  ["exact", "alt"],
  ["span", "space"],
  ["removeSpans", "delete"],
  ["letGo", "esc"],
] as const;
const DRAWING = [
  ["active", "digits"],
  ["crosshair", "arrows"],
  ["far", "shiftArrows"],
  ["corner", "enter"],
  ["takeBack", "backspace"],
  ["cancel", "esc"],
  ["lock", "l"],
  ["hide", "v"],
  ["region", "n"],
  ["remove", "delete"],
  ["removeAll", "shiftDelete"],
] as const;
const ENDS = [["instructions", "i"], ["undo", "undo"], ["redo", "redo"]] as const;

/** What is said of it is true of paint too. */
const OF_MASKS: Readonly<Record<string, string>> = { hide: "hidePaint", removeAll: "removePaint", region: "polygonNext", remove: "removePolygon" };

function ownRows(type: TaskType | null, scope: Scope) {
  if (scope === "masks") return DRAWING.map(([what, keys]) => [OF_MASKS[what] ?? what, keys] as const);
  if (scope === "regions") return DRAWING;
  if (type && shapeOf(type) === "span") return ENTITIES;
  const label = [type?.endsWith("_multi_class") ? "choose" : "label", "digits"] as const;
  return type && isText(type) ? [label] : [label, ...WHOLE];
}

export function shortcutRows(t: TFunction, type: TaskType | null): Row[] {
  const scope = type ? scopeOf(type) : "whole";
  const named = (rows: readonly (readonly [string, string])[]): Row[] => rows.map(([what, keys]) => [t(`shortcuts.${what}` as "shortcuts.label"), t(`shortcuts.keys.${keys}` as "shortcuts.keys.a")]);
  const tools = (type ? toolsOf(type) : []).map((tool): Row => [t(`regions.tool.${tool}`), toolKey(tool)]);
  const masks = scope === "masks";
  const text = type !== null && isText(type);
  return [
    ...tools,
    ...named(masks ? [["brushSize", "brackets"]] : []),
    ...named(ownRows(type, scope)),
    ...named([["submit", "submit"], [type && oneAPage(type) ? "skipItem" : "skip", "s"]]),
    ...named(masks ? [["back", "h"], ["newer", "shiftH"]] : [["back", "b"], ["newer", "shiftB"]]),
    ...named(ENDS),
    ...named([[text ? "textSize" : "zoom", "zoom"]]),
    ...named(scope === "whole" ? [] : [["actual", "period"]]),
    ...named(text ? [] : [["pan", "pan"]]),
    ...named([["help", "help"]]),
  ];
}
