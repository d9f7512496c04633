/** Keys while looking back: the same as at work, B goes further back. */
import { type Intent, intentOf } from "../../annotator/keys";
import type { ShownLabel } from "../../annotator/labels";
import { typing } from "../../app/shortcuts";
import type { Done } from "./useDone";
import { useKeyDown } from "./useKeyDown";
import type { Zoom } from "./useZoom";

interface Options {
  /** False: somebody else listens. */
  on: boolean;
  done: Done;
  labels: readonly ShownLabel[];
  zoom: Pick<Zoom, "in" | "out" | "fit">;
  onLeave: () => void;
  onInstructions: () => void;
  onSave: () => void;
}

export function useBackKeys({ on, done, labels, zoom, onLeave, onInstructions, onSave }: Options): void {
  useKeyDown((event) => {
    const intent = intentOf(event);
    if (!on || !intent || event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]")) return;
    if (typing(event.target) && intent.type !== "submit") return;
    const label = intent.type === "label" ? labels.find((one) => one.key === intent.key) : undefined;
    const deeds: Partial<Record<Intent["type"], (() => void) | undefined>> = {
      label: label && (() => done.choose(label.id)),
      cancel: onLeave,
      submit: onSave,
      skip: done.skip,
      back: done.older,
      newer: done.newer,
      instructions: onInstructions,
      undo: done.undo,
      redo: done.redo,
      zoomIn: zoom.in,
      zoomOut: zoom.out,
      zoomFit: zoom.fit,
      move: intent.type === "move" && intent.direction === "left" ? done.older : done.newer,
    };
    const deed = deeds[intent.type];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}
