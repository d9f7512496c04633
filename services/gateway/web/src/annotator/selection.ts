/** Which images are selected and which one the keyboard stands on. Not part of undo. */

export interface Selection {
  readonly items: ReadonlySet<string>;
  /** Place of the keyboard in the grid, from 0. */
  readonly cursor: number;
  /** A label went to these images: they stay selected for a correction, but selecting another image starts anew. */
  readonly spent: boolean;
}

export const NONE: Selection = { items: new Set(), cursor: 0, spent: false };

export function toggle(selection: Selection, item: string): Selection {
  if (selection.spent && !selection.items.has(item)) return { ...selection, items: new Set([item]), spent: false };
  const items = new Set(selection.items);
  if (!items.delete(item)) items.add(item);
  return { ...selection, items };
}

export function selectAll(selection: Selection, items: readonly string[]): Selection {
  return { ...selection, items: new Set(items), spent: false };
}

export function selectNone(selection: Selection): Selection {
  return { ...selection, items: new Set(), spent: false };
}

/** After a label: multi-label deselects (F133), multi-class keeps the images for a correction (F132). */
export function afterLabel(selection: Selection, multi: boolean): Selection {
  return multi ? selectNone(selection) : { ...selection, spent: true };
}

export function standOn(selection: Selection, cursor: number): Selection {
  return { ...selection, cursor };
}

export type Direction = "left" | "right" | "up" | "down";

/** Moves in a grid of `columns`; stays where there is nothing beyond. */
export function move(selection: Selection, direction: Direction, count: number, columns: number): Selection {
  const step = { left: -1, right: 1, up: -columns, down: columns }[direction];
  const cursor = selection.cursor + step;
  return cursor >= 0 && cursor < count ? { ...selection, cursor } : selection;
}

/** What a label goes to: the only image of the page, or the selected ones (F129). */
export function targets(selection: Selection, items: readonly string[]): readonly string[] {
  return items.length === 1 ? items : items.filter((item) => selection.items.has(item));
}

/** The selection after items left the page. */
export function keepWithin(selection: Selection, items: readonly string[]): Selection {
  return { ...selection, items: new Set(items.filter((item) => selection.items.has(item))), cursor: Math.max(0, Math.min(selection.cursor, items.length - 1)) };
}
