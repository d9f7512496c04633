/** How wide the brush is, in picture pixels: one for brush and eraser, kept from picture to picture. */
export const LEAST_BRUSH = 1;
export const LARGEST_BRUSH = 500;
const FIRST = 24;
const STEP = 1.25;

const bounded = (size: number): number => Math.min(LARGEST_BRUSH, Math.max(LEAST_BRUSH, Math.round(size)));

export class BrushSize {
  private size: number;
  private readonly listeners = new Set<() => void>();

  constructor(first = FIRST) {
    this.size = bounded(first);
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get value(): number {
    return this.size;
  }

  set(size: number): void {
    this.size = bounded(size);
    for (const listener of this.listeners) listener();
  }

  larger(): void {
    this.set(Math.max(this.size + 1, this.size * STEP));
  }

  smaller(): void {
    this.set(Math.min(this.size - 1, this.size / STEP));
  }
}
