/** The pixels of a polygon: those whose centre is inside by the even-odd rule. Two polygons that share an edge never share a pixel. */
import type { Size } from "../viewport";
import type { Span } from "./label-map";

/** `points`: x and y in turn. Centres on a left or upper edge belong to the polygon, those on a right or lower edge do not. */
export function fillPolygon(size: Size, points: ArrayLike<number>, span: Span): void {
  let least = Infinity;
  let most = -Infinity;
  for (let place = 1; place < points.length; place += 2) {
    least = Math.min(least, points[place] ?? least);
    most = Math.max(most, points[place] ?? most);
  }
  const top = Math.max(0, Math.ceil(least - 0.5));
  const bottom = Math.min(size.height - 1, Math.ceil(most - 0.5) - 1);
  for (let y = top; y <= bottom; y += 1) {
    const edges = crossings(points, y + 0.5);
    for (let place = 0; place + 1 < edges.length; place += 2) {
      const start = Math.max(0, Math.ceil((edges[place] ?? 0) - 0.5));
      const end = Math.min(size.width, Math.ceil((edges[place + 1] ?? 0) - 0.5));
      if (start < end) span(y, start, end);
    }
  }
}

/** Where the outline crosses height `y`, from the left. A corner counts for the edge that goes down from it. */
function crossings(points: ArrayLike<number>, y: number): number[] {
  const found: number[] = [];
  let ax = points[points.length - 2] ?? 0;
  let ay = points[points.length - 1] ?? 0;
  for (let place = 0; place + 1 < points.length; place += 2) {
    const bx = points[place] ?? 0;
    const by = points[place + 1] ?? 0;
    if (ay <= y !== by <= y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    ax = bx;
    ay = by;
  }
  return found.sort((one, other) => one - other);
}
