/** Keys of the page at work. Nothing acts while one types or a dialog is open. */
import { type Intent, intentOf } from "../../annotator/keys";
import type { ShownLabel } from "../../annotator/labels";
import { move, selectAll, selectNone, toggle } from "../../annotator/selection";
import { isText } from "../../annotator/task";
import { typing } from "../../app/shortcuts";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";
import { useKeyDown } from "./useKeyDown";
import type { Zoom } from "./useZoom";

interface Options {
  session: LabelingSession;
  snapshot: Snapshot;
  labels: readonly ShownLabel[];
  columns: number;
  zoom: Pick<Zoom, "in" | "out" | "fit">;
  choose: (label: string) => void;
  skip: () => void;
  onBack: () => void;
  onInstructions: () => void;
}

/** A control that was reached by Tab keeps its own Space and Enter. */
function onControl(event: KeyboardEvent): boolean {
  return (event.key === " " || event.key === "Enter") && event.target instanceof HTMLElement && event.target.closest("button, a, [role=menuitem]") !== null;
}

export function useWorkKeys(options: Options): void {
  useKeyDown((event) => {
    const intent = intentOf(event);
    if (!intent || event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]")) return;
    if (intent.type !== "submit" && (typing(event.target) || onControl(event))) return;
    const { session, snapshot, zoom } = options;
    const { selection, log } = snapshot;
    const items = log.page.items;
    // A text may be selected as everywhere.
    if (intent.type === "selectAll" && isText(log.page.task.type)) return;
    const at = items[selection.cursor];
    const label = intent.type === "label" ? options.labels.find((one) => one.key === intent.key) : undefined;
    const deeds: Partial<Record<Intent["type"], (() => void) | undefined>> = {
      label: label && (() => options.choose(label.id)),
      move: () => intent.type === "move" && session.select(move(selection, intent.direction, items.length, options.columns)),
      toggle: () => at !== undefined && items.length > 1 && session.select(toggle(selection, at)),
      selectAll: () => session.select(selectAll(selection, items)),
      cancel: () => session.select(selectNone(selection)),
      submit: () => session.submit(),
      skip: options.skip,
      back: options.onBack,
      instructions: options.onInstructions,
      undo: () => session.undo(),
      redo: () => session.redo(),
      zoomIn: zoom.in,
      zoomOut: zoom.out,
      zoomFit: zoom.fit,
    };
    event.preventDefault();
    deeds[intent.type]?.();
  });
}
