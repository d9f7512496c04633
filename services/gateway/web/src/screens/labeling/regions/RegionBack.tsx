/** An earlier image with its regions, changed with the same tools. */
import type { ReactNode } from "react";

import type { ShownLabel } from "../../../annotator/labels";
import { choiceOf } from "../../../annotator/page";
import type { DoneItem } from "../../../api/labeling-types";
import { useCraft } from "../masks/useCraft";
import type { Done } from "../useDone";
import { RegionDesk } from "./RegionDesk";
import { useAnnotator } from "./useAnnotator";
import classes from "./Regions.module.css";

interface Props {
  done: Done;
  item: DoneItem;
  labels: readonly ShownLabel[];
  onLeave: () => void;
  onInstructions: () => void;
  onSave: () => void;
  title: ReactNode;
  /** The actions at the bottom. */
  children: ReactNode;
}

export function RegionBack({ done, item, labels, onLeave, onInstructions, onSave, title, children }: Props) {
  const { page } = done.log;
  const choice = choiceOf(page, item.id);
  const craft = useCraft();
  const bound = useAnnotator({ task: page.task, labels, item, choice, run: done.run, tools: craft.tools });
  const deeds = { submit: () => bound.annotator?.isFinished() && onSave(), cancel: onLeave, skip: done.skip, back: done.older, newer: done.newer, instructions: onInstructions, undo: done.undo, redo: done.redo };
  return (
    <div className={classes["bench"]}>
      <RegionDesk item={item} task={page.task} choice={choice} labels={labels} bound={bound} craft={craft} deeds={deeds}>{title}</RegionDesk>
      {children}
    </div>
  );
}
