/** A picture for each tool. */
import {
  IconArrowsMove, IconBrush, IconContrast2, IconEraser, IconPolygon, IconSquareDashed, IconSquarePlus2, IconVectorBezier2,
} from "@tabler/icons-react";

import type { ToolName } from "../../../annotator/tools/tool";

export const TOOL_ICONS = {
  rectangle: IconSquareDashed,
  template: IconSquarePlus2,
  move: IconArrowsMove,
  polygon: IconPolygon,
  points: IconVectorBezier2,
  brush: IconBrush,
  eraser: IconEraser,
  window: IconContrast2,
} as const satisfies Record<ToolName, unknown>;
