import { beforeEach, describe, expect, it, vi } from "vitest";

import { BrushSize, LARGEST_BRUSH, LEAST_BRUSH } from "../../../src/annotator/masks/brush-size";

const afterReload = async (): Promise<BrushSize> => {
  vi.resetModules();
  return (await import("../../../src/screens/labeling/masks/useCraft")).brushSize;
};

beforeEach(() => localStorage.clear());

describe("the size of the brush", () => {
  it("is the same after a reload", async () => {
    (await afterReload()).set(300);
    expect((await afterReload()).value).toBe(300);
  });

  it.each(["", "none", "-5", "1e9"])("is one that a brush can have, whatever was kept: %s", async (kept) => {
    localStorage.setItem("labelbus.brush-size", kept);
    const { value } = await afterReload();
    expect(value >= LEAST_BRUSH && value <= LARGEST_BRUSH).toBe(true);
  });
});
