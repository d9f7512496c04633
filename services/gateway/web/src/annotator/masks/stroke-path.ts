/** A stroke while it is drawn. Points that add nothing to what the brush covers are left out, so that drafts stay small. */
import type { Point } from "../geometry/point";
import type { Brush, Stroke, StrokePoints } from "./stroke";

/** A point nearer than this part of the brush's width to the one before is left out. */
const STEP = 1 / 16;
const LEAST_STEP_PX = 0.25;

export class StrokePath {
  private points: StrokePoints = new Float32Array(64);
  private count = 0;
  /** The last place of the hand, if it was left out. */
  private pending: Point | null = null;

  constructor(
    private readonly brush: Brush,
    start: Point,
  ) {
    this.push(start);
  }

  /** True if the stroke grew. */
  add(point: Point): boolean {
    const far = Math.hypot(point.x - (this.points[2 * this.count - 2] ?? 0), point.y - (this.points[2 * this.count - 1] ?? 0));
    if (far < Math.max(LEAST_STEP_PX, this.brush.size * STEP)) {
      this.pending = far > 0 ? point : null;
      return false;
    }
    this.push(point);
    return true;
  }

  /** What is drawn so far. Valid until the next point. */
  get stroke(): Stroke {
    return { ...this.brush, points: this.points.subarray(0, 2 * this.count) };
  }

  /** The finished value: ends where the hand ended. */
  finish(): Stroke {
    if (this.pending) this.push(this.pending);
    return { ...this.brush, points: this.points.slice(0, 2 * this.count) };
  }

  private push({ x, y }: Point): void {
    if (2 * this.count === this.points.length) {
      const grown = new Float32Array(2 * this.points.length);
      grown.set(this.points);
      this.points = grown;
    }
    this.points[2 * this.count] = x;
    this.points[2 * this.count + 1] = y;
    this.count += 1;
    this.pending = null;
  }
}
