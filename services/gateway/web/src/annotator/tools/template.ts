/** What size template boxes have (F142, A10): that of the box drawn last, whatever was placed as a template since. */
import { boxOf } from "../geometry/corners";
import type { Region } from "../regions/region";
import type { Size } from "../viewport";

const FIRST: Size = { width: 50, height: 50 };

export class TemplateSizes {
  private readonly placed = new Set<string>();

  readonly remember = (region: string): void => {
    this.placed.add(region);
  };

  /** The size while the tool is on, asked once when it is switched on. */
  now(regions: readonly Region[]): Size {
    const drawn = regions.findLast((region) => region.shape === "box" && !this.placed.has(region.id));
    if (!drawn) return FIRST;
    const { x0, y0, x1, y1 } = boxOf(drawn.points);
    return { width: x1 - x0, height: y1 - y0 };
  }
}
