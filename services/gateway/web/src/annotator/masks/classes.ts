/** Which byte of a label map stands for which label. Grows as labels are used, so that a long list of labels costs nothing. */
import { MOST_CLASSES } from "./label-map";

export class Classes {
  private readonly places = new Map<string, number>();
  private readonly ids: string[] = [];

  /** The labels in use; the first one is byte 1. */
  get labels(): readonly string[] {
    return this.ids;
  }

  has(label: string): boolean {
    return this.places.has(label);
  }

  /** False once every byte is taken by another label. */
  hasRoomFor(label: string): boolean {
    return this.has(label) || this.ids.length < MOST_CLASSES;
  }

  /** The byte of a label. Throws RangeError past the last one. */
  byteOf(label: string): number {
    const known = this.places.get(label);
    if (known !== undefined) return known;
    if (!this.hasRoomFor(label)) throw new RangeError(`more than ${MOST_CLASSES} labels on one picture`);
    this.ids.push(label);
    this.places.set(label, this.ids.length);
    return this.ids.length;
  }
}
