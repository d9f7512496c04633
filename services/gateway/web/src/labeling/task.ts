/** The task of a project as the annotator knows it. */
import type { Task } from "../annotator/task";
import type { Project } from "../api/types";

export function taskOf({ task_type, label_sets, allow_empty }: Project): Task {
  const [set] = label_sets;
  return { type: task_type, set: set?.id ?? "", multi: set?.multi ?? false, allowEmpty: allow_empty };
}
