/** The same picture in halves, quarters, …: a small view of a large picture neither flickers nor reads pixels that nobody sees. */
import type { Size } from "../viewport";
import type { Pixels } from "./picture";

export interface Level extends Size {
  readonly pixels: Pixels;
}

/** Every pixel is the mean of four; at an odd edge of the two or the one that there are. */
export function halved({ pixels, width, height }: Level): Level {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const made = pixels instanceof Int16Array ? new Int16Array(half.width * half.height) : new Uint16Array(half.width * half.height);
  for (let y = 0; y < half.height; y += 1) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x += 1) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      const sum = (pixels[upper + left] ?? 0) + (pixels[upper + right] ?? 0) + (pixels[lower + left] ?? 0) + (pixels[lower + right] ?? 0);
      made[y * half.width + x] = Math.round(sum / 4);
    }
  }
  return { ...half, pixels: made };
}

export class Levels {
  private readonly made: Level[];

  constructor(full: Level) {
    this.made = [full];
  }

  /** The smallest level that still has a pixel for each device pixel, and by how many halvings it is smaller. */
  for(scale: number): { readonly level: Level; readonly halvings: number } {
    const [full] = this.made;
    if (!full) throw new Error("no picture");
    const most = Math.floor(Math.log2(Math.max(1, Math.min(full.width, full.height))));
    const halvings = Math.min(most, Math.max(0, Math.floor(-Math.log2(scale) + 1e-9)));
    for (let made = this.made.length; made <= halvings; made += 1) this.made.push(halved(this.made[made - 1] ?? full));
    return { level: this.made[halvings] ?? full, halvings };
  }
}
