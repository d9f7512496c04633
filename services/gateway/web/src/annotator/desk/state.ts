/** What the hand has chosen at one moment. Immutable; a new one after each change. Not part of undo. */
import type { Hint, ToolName } from "../tools/tool";

export interface AnnotatorState {
  readonly tool: ToolName;
  /** The active label: what is drawn next gets it. */
  readonly label: string | null;
  readonly selection: string | null;
  /** Under the pointer, in the picture or in the list. */
  readonly hovered: string | null;
  readonly hidden: ReadonlySet<string>;
  /** Paint is not shown. */
  readonly paintHidden: boolean;
  readonly lock: boolean;
  /** Why the last thing was not done; `count` tells two of the same apart. */
  readonly hint: { readonly code: Hint; readonly count: number } | null;
  readonly fitted: boolean;
  /** Device pixels for one picture pixel. */
  readonly zoom: number;
}

/** What outlives an item, a page and a reload of the picture. */
export type Habits = Pick<AnnotatorState, "tool" | "label" | "lock">;

/** Regions are hidden or shown. What is hidden is neither selected nor under the pointer. */
export function withHidden(state: AnnotatorState, ids: readonly string[], hide: boolean): Partial<AnnotatorState> {
  const hidden = new Set(state.hidden);
  for (const id of ids) if (hide) hidden.add(id); else hidden.delete(id);
  const seen = (id: string | null): string | null => (id !== null && hidden.has(id) ? null : id);
  return { hidden, selection: seen(state.selection), hovered: seen(state.hovered) };
}

export function firstState(habits: Habits): AnnotatorState {
  return { ...habits, selection: null, hovered: null, hidden: new Set(), paintHidden: false, hint: null, fitted: true, zoom: 1 };
}
