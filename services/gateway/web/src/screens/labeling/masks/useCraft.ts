/** Brush, eraser and window tool of a page. They stay while items come and go; what they work on is put into their hands. */
import { useState } from "react";

import type { Easel } from "../../../annotator/masks/board";
import { BrushSize } from "../../../annotator/masks/brush-size";
import { brushTools } from "../../../annotator/tools/brushes";
import type { ToolMaker } from "../../../annotator/tools/kit";
import type { LightBox } from "../../../annotator/tools/states/aiming-window";
import type { ToolName } from "../../../annotator/tools/tool";
import { windowTool } from "../../../annotator/tools/window";
import { rememberBrush, rememberedBrush } from "../../../labeling/place";

export interface Craft {
  readonly easel: Easel;
  readonly lightBox: LightBox;
  readonly tools: Partial<Record<ToolName, ToolMaker>>;
}

/** The brush keeps its size from page to page, and over a reload. */
export const brushSize = new BrushSize(rememberedBrush());
brushSize.onChange(() => rememberBrush(brushSize.value));

function makeCraft(): Craft {
  const easel: Easel = { board: null, size: brushSize };
  const lightBox: LightBox = { view: null };
  return { easel, lightBox, tools: { ...brushTools(easel), window: windowTool(lightBox) } };
}

export function useCraft(): Craft {
  const [craft] = useState(makeCraft);
  return craft;
}
