/** How large and in which letters texts are shown; remembered in this browser (F164, F165). Never changes an item. */
import { useState } from "react";

export const FAMILIES = ["sans", "serif", "mono"] as const;
export type Family = (typeof FAMILIES)[number];

export interface Font {
  readonly family: Family;
  /** Pixels. */
  readonly size: number;
}

const SIZES = [12, 13, 14, 16, 18, 20, 24, 28, 34, 40] as const;
const USUAL: Font = { family: "sans", size: 16 };
const STORED = "labelbus.text";
const LEADING = 1.75;

export const STACKS: Record<Family, string> = {
  sans: "var(--mantine-font-family)",
  serif: 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif',
  mono: "var(--mantine-font-family-monospace)",
};

/** Whole pixels: heights of rows are added up by the thousand. */
export const lineHeight = (font: Font): number => Math.round(font.size * LEADING);

function remembered(): Font {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? "{}") as Partial<Font>;
    const family = FAMILIES.find((one) => one === stored.family) ?? USUAL.family;
    return { family, size: SIZES.find((one) => one === stored.size) ?? USUAL.size };
  } catch {
    return USUAL;
  }
}

export interface FontChoice {
  readonly font: Font;
  readonly larger: (() => void) | null;
  readonly smaller: (() => void) | null;
  readonly usual: () => void;
  readonly setFamily: (family: Family) => void;
}

export function useFont(): FontChoice {
  const [font, setFont] = useState(remembered);
  const change = (part: Partial<Font>) => {
    const next = { ...font, ...part };
    localStorage.setItem(STORED, JSON.stringify(next));
    setFont(next);
  };
  const at = SIZES.findIndex((size) => size === font.size);
  const to = (size: number | undefined) => (size === undefined ? null : () => change({ size }));
  return { font, larger: to(SIZES[at + 1]), smaller: to(SIZES[at - 1]), usual: () => change({ size: USUAL.size }), setFamily: (family) => change({ family }) };
}
