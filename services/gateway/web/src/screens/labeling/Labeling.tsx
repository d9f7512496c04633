/** Labeling in one project: the page at work, or why there is none; dialogs; going back. */
import { useState } from "react";

import type { Project } from "../../api/types";
import { showLabels } from "../../annotator/labels";
import { isText, oneAPage } from "../../annotator/task";
import { BackView } from "./BackView";
import { InstructionsDialog } from "./InstructionsDialog";
import { LabelingBar } from "./LabelingBar";
import { LeaveGuard } from "./LeaveGuard";
import { NoPage } from "./NoPage";
import { RegionWorkbench } from "./regions/RegionWorkbench";
import { ReturnedDialog } from "./ReturnedDialog";
import { TextWorkbench } from "./text/TextWorkbench";
import { useLabelingSession } from "./useLabelingSession";
import { useNotices } from "./useNotices";
import { Workbench } from "./Workbench";
import classes from "./Labeling.module.css";

export function Labeling({ project, user }: { project: Project; user: string }) {
  const [session, snapshot] = useLabelingSession(user, project);
  const [view, setView] = useState<"work" | "back">("work");
  const [instructions, setInstructions] = useState(false);
  const labels = showLabels(project.label_sets[0]?.labels ?? []);
  const type = project.task_type;
  const Bench = isText(type) ? TextWorkbench : oneAPage(type) ? RegionWorkbench : Workbench;
  useNotices(snapshot);
  const showInstructions = () => setInstructions(true);
  return (
    <div className={classes["page"]}>
      <LabelingBar project={project} kind={snapshot.phase === "working" ? snapshot.kind : 2} onInstructions={showInstructions} />
      {view === "back" && <BackView project={project} user={user} labels={labels} onLeave={() => setView("work")} onInstructions={showInstructions} />}
      {view === "work" && snapshot.phase === "working" && (
        <Bench session={session} snapshot={snapshot} labels={labels} onBack={() => setView("back")} onInstructions={showInstructions} />
      )}
      {view === "work" && snapshot.phase !== "working" && <NoPage snapshot={snapshot} onBack={() => setView("back")} onRetry={session.resume} />}
      <InstructionsDialog opened={instructions} instructions={project.instructions} onClose={() => setInstructions(false)} />
      <ReturnedDialog returned={snapshot.returned} labels={labels} work={session.returned} />
      <LeaveGuard snapshot={snapshot} />
    </div>
  );
}
