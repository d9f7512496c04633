// @vitest-environment node
import { describe, expect, it } from "vitest";

import { isPainted, withStroke } from "../../../src/annotator/masks/work";

const points = new Float32Array(2);
const erase = { kind: "erase", size: 3, points } as const;

describe("a mask can hold something", () => {
  it("that the item came with, or that was painted or filled since", () => {
    expect(isPainted({ base: [{ label: "cat", counts: "" }], strokes: [] })).toBe(true);
    expect(isPainted(withStroke(null, { kind: "paint", label: "dog", size: 3, points }))).toBe(true);
    expect(isPainted(withStroke(withStroke(null, erase), { kind: "fill", label: "cat", points }))).toBe(true);
  });

  it("but not without paint", () => {
    expect(isPainted(null)).toBe(false);
    expect(isPainted(withStroke(null, erase))).toBe(false);
  });
});
