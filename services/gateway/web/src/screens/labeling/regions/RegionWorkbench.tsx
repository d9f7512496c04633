/** The page at work where regions are drawn: one image, its tools, labels, actions, keys. */
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { choiceOf } from "../../../annotator/page";
import type { WorkItem } from "../../../labeling/work-page";
import { ActionBar } from "../ActionBar";
import type { BenchProps } from "../bench-props";
import { useCraft } from "../masks/useCraft";
import { useSkip } from "../useSkip";
import { RegionDesk } from "./RegionDesk";
import { useAnnotator } from "./useAnnotator";
import { ZoomTools } from "./ZoomTools";
import classes from "./Regions.module.css";

export function RegionWorkbench(props: BenchProps) {
  const [item] = props.snapshot.items;
  return item ? <Bench {...props} item={item} /> : null;
}

function Bench({ session, snapshot, labels, item, onBack, onInstructions }: BenchProps & { item: WorkItem }) {
  const { t } = useTranslation();
  const { page } = snapshot.log;
  const choice = choiceOf(page, item.id);
  const craft = useCraft();
  const bound = useAnnotator({ task: page.task, labels, item, choice, run: (command) => session.do(command), tools: craft.tools });
  const { skip, dialog } = useSkip(session, snapshot, () => (bound.annotator?.tool.busy ?? null) !== null);
  const submit = () => {
    if (bound.annotator?.isFinished()) session.submit();
  };
  const deeds = { submit, skip, back: onBack, instructions: onInstructions, undo: () => session.undo(), redo: () => session.redo() };
  return (
    <div className={classes["bench"]}>
      <RegionDesk item={item} task={page.task} choice={choice} labels={labels} bound={bound} craft={craft} deeds={deeds}>
        {snapshot.paused && <Alert color="yellow" role="status" py="xs">{t("labeling.paused")}</Alert>}
      </RegionDesk>
      <ActionBar session={session} snapshot={snapshot} onSkip={skip} onSubmit={submit} onBack={onBack}><ZoomTools bound={bound} /></ActionBar>
      {dialog}
    </div>
  );
}
