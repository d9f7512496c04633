/** The window tool at rest. Arrows adjust the window finely, a double click brings the first one back. */
import type { DicomView } from "../../dicom/view";
import type { State } from "../state";
import type { Input, ToolIntent } from "../tool";
import { AdjustingWindow } from "./adjusting-window";

/** What the tool works on. The view comes with each picture. */
export interface LightBox {
  /** Null while the picture is not there yet. */
  view: DicomView | null;
}

export class AimingWindow implements State {
  readonly cursor = "move";

  constructor(private readonly box: LightBox) {}

  pointerDown(input: Input): State {
    const { view } = this.box;
    return view ? new AdjustingWindow(view, input, () => new AimingWindow(this.box)) : this;
  }

  doubleClick(): State {
    this.box.view?.reset();
    return this;
  }

  key(intent: ToolIntent): State | null {
    const { view } = this.box;
    if (intent.type !== "arrow" || !view) return null;
    view.drag(view.mapping, intent.dx, intent.dy);
    return this;
  }
}
