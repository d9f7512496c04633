/** A key on the picture: the tool's first, then the crosshair's and that of what is selected. Changes nothing itself. */
import type { ToolIntent } from "../tools/tool";
import type { Annotator } from "./annotator";

/** True if the key meant something here. */
export function pressKey(annotator: Annotator, intent: ToolIntent): boolean {
  const { tool, keyboard, stage, selection } = annotator;
  if (tool.key(intent)) return true;
  switch (intent.type) {
    case "arrow":
      stage.reveal(keyboard.move(tool, intent.dx, intent.dy, annotator.size, stage.view.scale, stage.middle()));
      annotator.hand.forget();
      annotator.redraw();
      return true;
    case "enter":
      return keyboard.enter(tool, stage.view.scale);
    case "escape":
      return annotator.escape();
    case "delete":
    case "backspace":
      if (selection === null) return false;
      annotator.remove([selection]);
      return true;
    default:
      return false;
  }
}
