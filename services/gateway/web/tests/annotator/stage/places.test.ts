// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inPicture } from "../../../src/annotator/geometry/point";
import { fitted, snapped, toPicture, toWindow, zoomed } from "../../../src/annotator/viewport";

const WINDOW = { width: 1020, height: 598 };
/** As a camera stores it; orientations 5 to 8 lie on their side. */
const STORED = { width: 3000, height: 2000 };
const upright = (orientation: number) => (orientation < 5 ? STORED : { width: STORED.height, height: STORED.width });

const ZOOMS = [0.25, 1, 4];
const RATIOS = [1, 2];
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
const matrix = ZOOMS.flatMap((zoom) => RATIOS.flatMap((ratio) => ORIENTATIONS.map((orientation) => [zoom, ratio, orientation] as const)));

/** The view at an enlargement around a place of the window, as the stage makes it. */
function viewAt(zoom: number, ratio: number, picture: { width: number; height: number }, at: { x: number; y: number }) {
  const whole = fitted(WINDOW, picture);
  return snapped(zoomed(whole, zoom / whole.scale, at, WINDOW, picture, 0.01), ratio);
}

describe("a place in the window is a place in the upright picture", () => {
  it.each(matrix)("zoom %d, pixel ratio %d, orientation %d", (zoom, ratio, orientation) => {
    const picture = upright(orientation);
    const place = fc.record({ x: fc.double({ min: 0, max: WINDOW.width, noNaN: true }), y: fc.double({ min: 0, max: WINDOW.height, noNaN: true }) });
    fc.assert(fc.property(place, place, (pointer, focus) => {
      const view = viewAt(zoom, ratio, picture, focus);
      expect(view.scale).toBeCloseTo(zoom, 9);
      expect(Number.isInteger(Math.round(view.x * ratio * 1e6) / 1e6)).toBe(true);
      const there = toPicture(view, pointer);
      const back = toWindow(view, there);
      expect(Math.hypot(back.x - pointer.x, back.y - pointer.y)).toBeLessThan(1e-9);
      const kept = inPicture(there, picture);
      const inside = there.x >= 0 && there.x <= picture.width && there.y >= 0 && there.y <= picture.height;
      if (inside) expect(Math.max(Math.abs(kept.x - there.x), Math.abs(kept.y - there.y))).toBeLessThanOrEqual(0.005 + 1e-9);
    }), { numRuns: 40 });
  });

  it("does not move when the picture is zoomed around it", () => {
    const scale = fc.double({ min: 0.6, max: 60, noNaN: true });
    fc.assert(fc.property(scale, fc.constantFrom(...RATIOS), (zoom, ratio) => {
      const at = { x: 510, y: 299 };
      const before = toPicture(snapped(fitted(WINDOW, STORED), ratio), at);
      const view = viewAt(zoom, ratio, STORED, at);
      const after = toPicture(view, at);
      // The corner of the picture is put on a device pixel: half of one, seen through the enlargement.
      expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThanOrEqual((Math.SQRT1_2 / ratio) * (1 / view.scale + 1 / fitted(WINDOW, STORED).scale) + 1e-9);
    }));
  });
});
