/**
 * Which rows of a text are on screen, and where. Rows get their true height once they were laid out; what is in view stays
 * where it is then. Holds no text and knows no React.
 */
import { Heights } from "../../../annotator/text/heights";
import { HIGHEST, ratio, visible, type Window, within } from "../../../annotator/text/window";

export interface Layout {
  /** Rows to draw. */
  readonly window: Window;
  /** Height of the scrolled element. */
  readonly height: number;
  /** Changes with every change of the layout. */
  readonly version: number;
}

export class TextScroll {
  layout: Layout = { window: { first: 0, last: 0 }, height: 0, version: 0 };
  private heights = new Heights(0, () => 0);
  /** Place in the text, in pixels of its full height. */
  private top = 0;
  private viewport = 0;
  /** The scroll bar as last set from here: what the browser reports of it is no news. */
  private bar = 0;
  private element: HTMLElement | null = null;
  private readonly listeners = new Set<() => void>();

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  attach(element: HTMLElement): () => void {
    this.element = element;
    const onScroll = () => this.scrolled(element.scrollTop);
    const onWheel = (event: WheelEvent) => this.wheeled(event);
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
      this.element = null;
    };
  }

  /** New rows, another width, another font: all heights are estimates again. The row at the top stays there. */
  reset(count: number, estimate: (row: number) => number, viewport: number): void {
    const row = this.heights.count === count ? this.heights.at(this.top) : 0;
    this.heights = new Heights(count, estimate);
    this.viewport = viewport;
    this.moveTo(this.heights.top(row));
  }

  /** True heights of rows. */
  measured(rows: readonly (readonly [number, number])[]): void {
    let shift = 0;
    let changed = false;
    for (const [row, height] of rows) {
      const above = this.heights.top(row) + this.heights.height(row) <= this.top + shift;
      const change = this.heights.set(row, height);
      if (change !== 0) changed = true;
      if (above) shift += change;
    }
    if (changed) this.moveTo(this.top + shift);
  }

  /** Moves the scroll bar; after the rows were drawn, when the element is as high as they are. */
  settle(): void {
    if (this.element && Math.abs(this.element.scrollTop - this.bar) >= 1) this.element.scrollTop = this.bar;
  }

  /** Where a row is drawn, within the scrolled element. */
  place(row: number): number {
    return Math.round(this.heights.top(row) - this.top + this.bar);
  }

  /** Brings a row into view if nothing of it is there. */
  reveal(row: number): void {
    const top = this.heights.top(row);
    const seen = top < this.top + this.viewport && top + this.heights.height(row) > this.top;
    if (!seen) this.moveTo(top - this.viewport / 3);
  }

  by(pixels: number): void {
    if (pixels !== 0) this.moveTo(this.top + pixels);
  }

  get page(): number {
    return this.viewport;
  }

  private scrolled(bar: number): void {
    if (Math.abs(bar - this.bar) < 1) return;
    this.top = within(bar * ratio(this.heights.total, this.viewport), this.heights.total, this.viewport);
    this.bar = bar;
    this.tell();
  }

  /** Where a pixel of the bar stands for several, the wheel would jump over rows. */
  private wheeled(event: WheelEvent): void {
    if (this.heights.total <= HIGHEST || event.ctrlKey) return;
    event.preventDefault();
    this.by(event.deltaY * (event.deltaMode === 1 ? 20 : 1));
  }

  private moveTo(top: number): void {
    this.top = within(top, this.heights.total, this.viewport);
    this.bar = this.top / ratio(this.heights.total, this.viewport);
    this.tell();
  }

  private tell(): void {
    const { total } = this.heights;
    this.layout = { window: visible(this.heights, this.top, this.viewport), height: Math.min(total, HIGHEST), version: this.layout.version + 1 };
    for (const listener of this.listeners) listener();
  }
}
