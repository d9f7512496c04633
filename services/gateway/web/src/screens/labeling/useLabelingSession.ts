/** Binds a labeling session to the life of a page. */
import { useEffect, useState, useSyncExternalStore } from "react";

import type { Project } from "../../api/types";
import { LabelingSession } from "../../labeling/session";
import { taskOf } from "../../labeling/task";
import type { Snapshot } from "../../labeling/snapshot";

export function useLabelingSession(user: string, project: Project): [LabelingSession, Snapshot] {
  const [session] = useState(() => new LabelingSession(user, project.id, taskOf(project)));
  const snapshot = useSyncExternalStore(session.onChange, () => session.snapshot);
  useEffect(() => {
    void session.start();
    return () => session.stop();
  }, [session]);
  const running = project.run_state === "running";
  useEffect(() => session.setRunning(running), [session, running]);
  return [session, snapshot];
}
