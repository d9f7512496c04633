// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { boundsOf, overlap } from "../../../src/annotator/geometry/bounds";
import { hits } from "../../../src/annotator/geometry/hit";
import type { Region } from "../../../src/annotator/regions/region";
import { RegionIndex } from "../../../src/annotator/regions/region-index";

const boxes = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
  { maxLength: 40 },
).map((all) => all.map(([x, y, width, height], place): Region => ({ id: `r${place}`, label: "l", shape: "box", points: [x, y, x + width, y + height] })));
const at = fc.record({ x: fc.double({ min: -5, max: 130, noNaN: true }), y: fc.double({ min: -5, max: 130, noNaN: true }) });

describe("region index", () => {
  it("finds what a look at every region finds, the topmost first", () => {
    fc.assert(fc.property(boxes, at, fc.double({ min: 0, max: 8, noNaN: true }), (regions, point, reach) => {
      const index = new RegionIndex();
      index.update(regions);
      expect(index.at(point, reach)).toBe(regions.findLast((region) => hits(region, point, reach)) ?? null);
      const area = { x0: point.x, y0: point.y, x1: point.x + 20, y1: point.y + 10 };
      expect(index.within(area)).toEqual(regions.filter((region) => overlap(boundsOf(region.points), area)));
    }));
  });

  it("follows any change of the list, and says what changed", () => {
    fc.assert(fc.property(boxes, boxes, fc.infiniteStream(fc.boolean()), (first, second, coins) => {
      const index = new RegionIndex();
      index.update(first);
      const kept = first.filter(() => coins.next().value);
      const next = [...kept, ...second.map((region) => ({ ...region, id: `n${region.id}` }))];
      const { gone, come } = index.update(next);
      expect(gone).toHaveLength(first.length - kept.length);
      expect(come).toHaveLength(second.length);
      expect(index.all).toBe(next);
      expect(index.within({ x0: -1, y0: -1, x1: 999, y1: 999 })).toEqual(next);
    }));
  });

  it("passes hidden regions over", () => {
    const index = new RegionIndex();
    const box = (id: string): Region => ({ id, label: "l", shape: "box", points: [0, 0, 10, 10] });
    const [below, above] = [box("a"), box("b")];
    index.update([below, above]);
    expect(index.at({ x: 5, y: 5 }, 0)).toBe(above);
    expect(index.at({ x: 5, y: 5 }, 0, (region) => region !== above)).toBe(below);
  });

  it("goes round from one region to the next", () => {
    const index = new RegionIndex();
    index.update(["a", "b", "c"].map((id): Region => ({ id, label: "l", shape: "box", points: [0, 0, 1, 1] })));
    const shown = (region: Region): boolean => region.id !== "b";
    expect([index.beside(null, 1, shown)?.id, index.beside("a", 1, shown)?.id, index.beside("c", 1, shown)?.id, index.beside("a", -1, shown)?.id, index.beside(null, -1, shown)?.id]).toEqual(["a", "c", "a", "c", "c"]);
    expect(index.beside(null, 1, () => false)).toBeNull();
  });

  it("tests a hit among ten thousand in less than a millisecond", () => {
    const index = new RegionIndex();
    index.update(Array.from({ length: 10_000 }, (_, at): Region => ({ id: String(at), label: "l", shape: "box", points: [(at % 100) * 40, Math.floor(at / 100) * 30, (at % 100) * 40 + 60, Math.floor(at / 100) * 30 + 50] })));
    const began = performance.now();
    for (let turn = 0; turn < 200; turn += 1) index.at({ x: turn * 19, y: turn * 14 }, 6);
    expect((performance.now() - began) / 200).toBeLessThan(1);
  });
});
