/** The classes as labelers see them: depth first, with a key for the first nine (A14). */

export interface LabelNode {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly color: string;
  readonly retired?: boolean;
}

export interface ShownLabel {
  readonly id: string;
  readonly name: string;
  /** Names from the top, joined by a slash. */
  readonly path: string;
  readonly depth: number;
  readonly color: string;
  /** "1" to "9", or empty. */
  readonly key: string;
}

export const KEYS = 9;

/**
 * Colours by position, as the server gives them: Okabe and Ito without black, then Tol's muted scheme. They stay apart for
 * colour-blind people; a name stands beside them everywhere.
 */
export const PALETTE = [
  "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#332288",
  "#ddcc77", "#117733", "#88ccee", "#882255", "#44aa99", "#999933", "#aa4499",
] as const;

export function paletteColor(position: number): string {
  return PALETTE[position % PALETTE.length] ?? PALETTE[0];
}

export function showLabels(labels: readonly LabelNode[]): readonly ShownLabel[] {
  const children = new Map<string, LabelNode[]>();
  const known = new Set(labels.map((label) => label.id));
  for (const label of labels) {
    if (label.retired) continue;
    const parent = known.has(label.parent) ? label.parent : "";
    children.set(parent, [...(children.get(parent) ?? []), label]);
  }
  const shown: ShownLabel[] = [];
  const walk = (parent: string, above: string, depth: number): void => {
    for (const label of children.get(parent) ?? []) {
      const path = above ? `${above}/${label.name}` : label.name;
      const position = shown.length;
      shown.push({ id: label.id, name: label.name, path, depth, color: label.color || paletteColor(position), key: position < KEYS ? String(position + 1) : "" });
      walk(label.id, path, depth + 1);
    }
  };
  walk("", "", 0);
  return shown;
}

export function filterLabels(labels: readonly ShownLabel[], text: string): readonly ShownLabel[] {
  const wanted = text.trim().toLowerCase();
  return wanted ? labels.filter((label) => label.path.toLowerCase().includes(wanted)) : labels;
}
