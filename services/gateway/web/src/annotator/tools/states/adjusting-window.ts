/** The window of a DICOM picture follows the hand: to the right wider, downwards higher. */
import type { DicomView } from "../../dicom/view";
import type { Mapping } from "../../dicom/window";
import type { State } from "../state";
import type { Input } from "../tool";

export class AdjustingWindow implements State {
  readonly cursor = "move";
  private readonly mapping: Mapping;

  constructor(
    private readonly view: DicomView,
    private readonly from: Input,
    private readonly after: () => State,
  ) {
    this.mapping = view.mapping;
  }

  pointerMove(input: Input): State {
    const { from, view, mapping } = this;
    view.drag(mapping, (input.x - from.x) * input.scale, (input.y - from.y) * input.scale);
    return this;
  }

  pointerUp(): State {
    return this.after();
  }
}
