/** Between points on the screen and places in the text. Every piece of a row says where it begins (`data-at`). */

import { characterBefore } from "../../../annotator/text/words";

interface Caret {
  readonly node: Node;
  readonly offset: number;
}

function caretAt(x: number, y: number): Caret | null {
  if ("caretPositionFromPoint" in document) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- browsers before 2025 know only this one
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

function unitOf({ node, offset }: Caret, root: HTMLElement): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  if (!element || !root.contains(element)) return null;
  const piece = element.closest<HTMLElement>("[data-at]");
  if (!piece) return null;
  return Number(piece.dataset["at"]) + (node instanceof Text ? offset : 0);
}

/** The row nearest to a height. */
function rowNear(root: HTMLElement, y: number): HTMLElement | null {
  let best: HTMLElement | null = null;
  let distance = Infinity;
  for (const row of root.querySelectorAll<HTMLElement>("[data-row]")) {
    const box = row.getBoundingClientRect();
    const away = y < box.top ? box.top - y : y > box.bottom ? y - box.bottom : 0;
    if (away < distance) [best, distance] = [row, away];
  }
  return best;
}

/** The place in the text nearest to a point of the screen, or null without any text. */
export function unitAt(root: HTMLElement, x: number, y: number): number | null {
  const row = rowNear(root, y);
  if (!row) return null;
  const box = row.getBoundingClientRect();
  const at = caretAt(Math.max(box.left + 1, Math.min(x, box.right - 1)), Math.max(box.top + 1, Math.min(y, box.bottom - 1)));
  const unit = at && unitOf(at, root);
  if (unit !== null) return unit;
  const pieces = row.querySelectorAll<HTMLElement>("[data-at]");
  const piece = pieces[x < (box.left + box.right) / 2 ? 0 : pieces.length - 1];
  return piece ? Number(piece.dataset["at"]) + (x < (box.left + box.right) / 2 ? 0 : (piece.firstChild?.nodeValue?.length ?? 0)) : null;
}

/** The character under a point of the screen, where `unitAt` would answer with the nearer of its edges. */
export function characterAt(root: HTMLElement, text: string, x: number, y: number): number | null {
  const unit = unitAt(root, x, y);
  if (unit === null || unit === 0) return unit;
  const before = characterBefore(text, unit);
  const piece = [...root.querySelectorAll<HTMLElement>("[data-at]")].findLast((one) => Number(one.dataset["at"]) <= before);
  const letters = piece?.firstChild;
  const offset = before - Number(piece?.dataset["at"]);
  if (!(letters instanceof Text) || offset >= letters.length) return unit;
  const range = document.createRange();
  range.setStart(letters, offset);
  range.setEnd(letters, Math.min(letters.length, offset + unit - before));
  const inside = Array.from(range.getClientRects()).some((box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom);
  return inside ? before : unit;
}

/** Where a caret before `unit` stands on the screen, or null when its row is not drawn. */
export function boxOf(root: HTMLElement, row: number, unit: number): DOMRect | null {
  const pieces = [...(root.querySelector(`[data-row="${row}"]`)?.querySelectorAll<HTMLElement>("[data-at]") ?? [])];
  const piece = pieces.findLast((one) => Number(one.dataset["at"]) <= unit);
  const text = piece?.firstChild;
  if (!(text instanceof Text)) return piece?.getBoundingClientRect() ?? null;
  const offset = Math.min(unit - Number(piece?.dataset["at"]), text.length);
  const range = document.createRange();
  range.setStart(text, Math.max(0, offset - (offset === text.length ? 1 : 0)));
  range.setEnd(text, Math.min(text.length, offset + (offset === text.length ? 0 : 1)));
  const boxes = range.getClientRects();
  const box = boxes[offset === text.length ? boxes.length - 1 : 0];
  if (!box) return null;
  const leftward = getComputedStyle(text.parentElement ?? root).direction === "rtl";
  const after = offset === text.length;
  return new DOMRect(after === leftward ? box.left : box.right, box.top, 0, box.height);
}
