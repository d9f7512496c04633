/** The key that opens what was done before, where there is nothing else to do. */
import { intentOf, scopeOf } from "../../annotator/keys";
import type { TaskType } from "../../annotator/task";
import { typing } from "../../app/shortcuts";
import { useKeyDown } from "./useKeyDown";

interface Options {
  on: boolean;
  task: TaskType;
  onBack: () => void;
}

export function useBackKey({ on, task, onBack }: Options): void {
  useKeyDown((event) => {
    if (!on || intentOf(event, scopeOf(task))?.type !== "back") return;
    if (event.defaultPrevented || typing(event.target) || document.querySelector("[role=dialog], [role=menu]")) return;
    event.preventDefault();
    onBack();
  });
}
