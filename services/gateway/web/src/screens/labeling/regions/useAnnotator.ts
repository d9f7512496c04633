/** Binds an annotator to an element, to the item shown there and to its regions. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";

import type { Command } from "../../../annotator/command";
import type { ShownLabel } from "../../../annotator/labels";
import type { Choice } from "../../../annotator/page";
import type { Task } from "../../../annotator/task";
import type { ToolMaker } from "../../../annotator/tools/kit";
import { toolsOf } from "../../../annotator/tools/offer";
import type { ToolName } from "../../../annotator/tools/tool";
import { Annotator } from "../../../annotator/desk/annotator";
import { type AnnotatorState, firstState, type Habits } from "../../../annotator/desk/state";
import type { DoneItem } from "../../../api/labeling-types";

export interface AnnotatorOptions {
  readonly task: Task;
  readonly labels: readonly ShownLabel[];
  readonly item: Pick<DoneItem, "id" | "media">;
  readonly choice: Choice;
  readonly run: (command: Command) => void;
  /** Tools beside those for regions. The same object as long as the page is there. */
  readonly tools?: Partial<Record<ToolName, ToolMaker>>;
}

export interface Bound {
  /** Null until the element is there. */
  readonly annotator: Annotator | null;
  readonly state: AnnotatorState;
  readonly attach: (element: HTMLDivElement | null) => (() => void) | undefined;
}

const NO_COLOR = "#868e96";
/** What a labeler had in hand goes on from image to image, also over a page that had to be waited for. */
const kept = new Map<string, Habits>();

function habitsOf({ task, labels }: AnnotatorOptions): Habits {
  const before = kept.get(task.set + task.type);
  const label = labels.some((one) => one.id === before?.label) ? (before?.label ?? null) : labels.length === 1 ? (labels[0]?.id ?? null) : null;
  return { tool: before?.tool ?? toolsOf(task.type)[0] ?? "move", lock: before?.lock ?? false, label };
}

const never = (): (() => void) => () => undefined;

export function useAnnotator(options: AnnotatorOptions): Bound {
  const { item, choice } = options;
  const [annotator, setAnnotator] = useState<Annotator | null>(null);
  const [waiting] = useState(() => firstState(habitsOf(options)));
  const state = useSyncExternalStore(annotator?.onChange ?? never, () => annotator?.state ?? waiting);
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });

  const attach = useCallback((element: HTMLDivElement | null) => {
    if (!element) return undefined;
    const { task, tools } = latest.current;
    const made = new Annotator(element, {
      task,
      habits: habitsOf(latest.current),
      colorOf: (label) => latest.current.labels.find((one) => one.id === label)?.color ?? NO_COLOR,
      onCommand: (command) => latest.current.run(command),
      ...(tools && { tools }),
    });
    setAnnotator(made);
    return () => {
      made.destroy();
      setAnnotator(null);
    };
  }, []);

  useLayoutEffect(() => annotator?.open(item.id, item.media ?? { width: 1, height: 1 }), [annotator, item.id]);
  useLayoutEffect(() => annotator?.update(choice.regions), [annotator, item.id, choice.regions]);
  const { tool, label, lock } = state;
  const { set, type } = options.task;
  useEffect(() => void kept.set(set + type, { tool, label, lock }), [set, type, tool, label, lock]);
  return { annotator, state, attach };
}
