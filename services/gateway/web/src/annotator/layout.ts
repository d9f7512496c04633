/** How many images a page holds and how they are arranged. */

export const LAYOUTS = [1, 4, 6, 9] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

const GRIDS: Record<Layout, Grid> = { 1: { columns: 1, rows: 1 }, 4: { columns: 2, rows: 2 }, 6: { columns: 3, rows: 2 }, 9: { columns: 3, rows: 3 } };

export function isLayout(value: number): value is Layout {
  return (LAYOUTS as readonly number[]).includes(value);
}

/** The grid for `count` images: the last page of a project leaves no holes, and a page that got items back grows. */
export function gridFor(layout: Layout, count: number): Grid {
  const full = GRIDS[layout];
  if (count === full.columns * full.rows) return full;
  const most = count > layout ? Math.ceil(Math.sqrt(count)) : full.columns;
  const columns = Math.min(most, Math.max(1, count));
  return { columns, rows: Math.max(1, Math.ceil(count / columns)) };
}

/** What a switch keeps and gives back (A8). */
export function fit(items: readonly string[], layout: Layout): { keep: readonly string[]; release: readonly string[] } {
  return { keep: items.slice(0, layout), release: items.slice(layout) };
}
