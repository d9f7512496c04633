// @vitest-environment node
import { describe, expect, it } from "vitest";

import { paintedLabels, withStroke } from "../../../src/annotator/masks/work";

const points = new Float32Array(2);

describe("labels that were painted with", () => {
  it("are those that the item came with and those since, each once", () => {
    const strokes = [{ kind: "paint", label: "dog", size: 3, points }, { kind: "erase", size: 3, points }, { kind: "fill", label: "cat", points }, { kind: "paint", label: "dog", size: 9, points }] as const;
    const work = strokes.reduce<Parameters<typeof withStroke>[0]>(withStroke, { base: [{ label: "cat", counts: "" }], strokes: [] });
    expect(paintedLabels(work)).toEqual(["cat", "dog"]);
  });

  it("are none without paint", () => {
    expect(paintedLabels(null)).toEqual([]);
    expect(paintedLabels(withStroke(null, { kind: "erase", size: 3, points }))).toEqual([]);
  });
});
