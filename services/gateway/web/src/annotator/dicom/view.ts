/** How a DICOM picture is looked at: the window in use, and the layer that it is seen through. Changes no label. */
import { DicomLayer } from "./layer";
import { type DicomHeader, type Pixels, type Preset, presetsOf, rangeOf, windowToDrag } from "./picture";
import { dragged, type Mapping } from "./window";

export class DicomView {
  readonly presets: readonly Preset[];
  readonly layer: DicomLayer;
  private shown: Mapping;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly header: DicomHeader,
    pixels: Pixels,
  ) {
    this.presets = presetsOf(header);
    this.shown = this.first();
    this.layer = new DicomLayer(header, pixels, this.shown);
  }

  /** The picture looks different now. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get mapping(): Mapping {
    return this.shown;
  }

  show(mapping: Mapping): void {
    this.shown = mapping;
    this.layer.setMapping(mapping);
    for (const listener of this.listeners) listener();
  }

  /** From the mapping that the drag began with, by screen pixels. */
  drag(from: Mapping, dx: number, dy: number): void {
    const { least, most } = rangeOf(this.header);
    this.show(dragged(windowToDrag(from, this.header), dx, dy, Math.max(1e-9, most - least)));
  }

  /** As the header wants it seen. */
  reset(): void {
    this.show(this.first());
  }

  private first(): Mapping {
    const [first] = this.presets;
    if (!first) throw new Error("a picture has at least all of its values to show");
    return first.mapping;
  }
}
