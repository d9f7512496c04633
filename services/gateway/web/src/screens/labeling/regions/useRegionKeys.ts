/** Keys while regions are drawn. What the tool and the picture use goes there; the rest is what the page can do. */
import { useEffect, useEffectEvent } from "react";

import { type Intent, intentOf, scopeOf } from "../../../annotator/keys";
import type { ShownLabel } from "../../../annotator/labels";
import type { TaskType } from "../../../annotator/task";
import type { ToolIntent, ToolName } from "../../../annotator/tools/tool";
import type { Annotator } from "../../../annotator/desk/annotator";
import { typing } from "../../../app/shortcuts";

/** What keys do beside the annotator's own. */
export type Deeds = Partial<Record<Intent["type"], () => void>>;

interface Options {
  type: TaskType;
  tools: readonly ToolName[];
  annotator: Annotator | null;
  labels: readonly ShownLabel[];
  deeds: Deeds;
}

const LARGE = 10;
const STEPS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;
const FOR_TOOLS = { enter: "enter", backspace: "backspace", delete: "delete", cancel: "escape", smaller: "smaller", larger: "larger" } as const;

function toolIntent(intent: Intent): ToolIntent | null {
  if (intent.type === "move") {
    const [dx, dy] = STEPS[intent.direction];
    const by = intent.large ? LARGE : 1;
    return { type: "arrow", dx: dx * by, dy: dy * by };
  }
  return intent.type in FOR_TOOLS ? { type: FOR_TOOLS[intent.type as keyof typeof FOR_TOOLS] } : null;
}

/** A control that was reached by Tab keeps its own Space and Enter. */
function onControl(event: KeyboardEvent): boolean {
  return (event.key === " " || event.key === "Enter") && event.target instanceof HTMLElement && event.target.closest("button, a, [role=menuitem], [role=slider]") !== null;
}

function busy(event: KeyboardEvent): boolean {
  return event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]") !== null || typing(event.target) || onControl(event);
}

export function useRegionKeys({ type, tools, annotator, labels, deeds }: Options): void {
  const own = (intent: Intent): boolean => {
    if (!annotator) return false;
    const key = toolIntent(intent);
    if (key && annotator.key(key)) return true;
    if (intent.type === "undo" && annotator.takeBack()) return true;
    const label = intent.type === "label" ? labels.find((one) => one.key === intent.key) : undefined;
    const all: Deeds = {
      label: () => label && annotator.chooseLabel(label.id),
      tool: () => intent.type === "tool" && tools.includes(intent.tool) && annotator.setTool(intent.tool),
      lock: () => annotator.toggleLock(),
      hideAll: () => annotator.toggleAll(),
      nextRegion: () => annotator.step(1),
      previousRegion: () => annotator.step(-1),
      zoomIn: () => annotator.stage.zoomIn(),
      zoomOut: () => annotator.stage.zoomOut(),
      zoomFit: () => annotator.stage.zoomFit(),
      zoomActual: () => annotator.stage.zoomActual(),
    };
    all[intent.type]?.();
    return all[intent.type] !== undefined;
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    const intent = intentOf(event, scopeOf(type));
    if (event.key === " " && !busy(event)) {
      event.preventDefault();
      annotator?.holdPan(true);
    }
    if (!intent || (intent.type === "submit" ? document.querySelector("[role=dialog]") : busy(event))) return;
    event.preventDefault();
    if (!own(intent)) deeds[intent.type]?.();
  });
  const release = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === " ") annotator?.holdPan(false);
  });
  // Keys that are let go elsewhere are not heard of here.
  const letGo = useEffectEvent(() => annotator?.holdPan(false));
  useEffect(() => {
    const onBlur = () => letGo();
    const onDown = (event: KeyboardEvent) => press(event);
    const onUp = (event: KeyboardEvent) => release(event);
    window.addEventListener("keydown", onDown);
    window.addEventListener("keyup", onUp);
    window.addEventListener("blur", onBlur);
    return () => {
      window.removeEventListener("keydown", onDown);
      window.removeEventListener("keyup", onUp);
      window.removeEventListener("blur", onBlur);
    };
  }, []);
}
