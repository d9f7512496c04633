/** Puts a DICOM picture into the hands of the window tool, and has it drawn anew when its window changes. */
import { useEffect } from "react";

import type { LightBox } from "../../../annotator/tools/states/aiming-window";
import type { ToolName } from "../../../annotator/tools/tool";
import type { Annotator } from "../../../annotator/desk/annotator";
import type { Dicom } from "./useDicom";

/** `otherwise`: the tool that takes over when the next picture has no window. */
export function useLightBox(annotator: Annotator | null, lightBox: LightBox, dicom: Dicom | null, otherwise: ToolName): void {
  const view = dicom?.view ?? null;
  const without = dicom === null || dicom.state === "color" || dicom.state === "failed";
  useEffect(() => {
    lightBox.view = view;
    return () => {
      lightBox.view = null;
    };
  }, [lightBox, view]);
  useEffect(() => view?.onChange(() => annotator?.stage.repaint()), [annotator, view]);
  useEffect(() => {
    if (without && annotator?.state.tool === "window") annotator.setTool(otherwise);
  }, [annotator, without, otherwise]);
}
