import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { boxOfPicture, columnsOf, rowsOf, visibleOf } from "../../../src/annotator/pixels/visible";

describe("visible pixels", () => {
  const picture = { width: 40, height: 30 };
  const view = fc.record({ scale: fc.constantFrom(0.25, 1, 4), x: fc.double({ min: -200, max: 200, noNaN: true }), y: fc.double({ min: -200, max: 200, noNaN: true }) });

  it("are those of the window whose centre lies on the picture, and each looks at what lies under it", () => {
    fc.assert(
      fc.property(view, fc.constantFrom(1, 2), (at, ratio) => {
        const window = { width: 100, height: 80 };
        const visible = visibleOf(picture, at, window, ratio, boxOfPicture(picture));
        const under = (place: number, origin: number): number => ((place + 0.5) / ratio - origin) / at.scale;
        const seen = (length: number, edge: number, origin: number): number[] =>
          Array.from({ length: length * ratio }, (_, place) => place).filter((place) => under(place, origin) >= 0 && under(place, origin) < edge);
        const [columns, rows] = [seen(100, 40, at.x), seen(80, 30, at.y)];
        expect(visible?.width ?? 0).toBe(rows.length > 0 ? columns.length : 0);
        expect(visible?.height ?? 0).toBe(columns.length > 0 ? rows.length : 0);
        if (!visible) return;
        expect([...columnsOf(visible, picture)]).toEqual(columns.map((place) => Math.floor(under(place, at.x))));
        expect([...rowsOf(visible, picture)]).toEqual(rows.map((place) => Math.floor(under(place, at.y))));
      }),
    );
  });
});
