/** The key that opens what was done before, where there is nothing else to do. */
import { useEffect, useEffectEvent } from "react";

import { intentOf, scopeOf } from "../../annotator/keys";
import type { TaskType } from "../../annotator/task";
import { typing } from "../../app/shortcuts";

interface Options {
  on: boolean;
  task: TaskType;
  onBack: () => void;
}

export function useBackKey({ on, task, onBack }: Options): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!on || intentOf(event, scopeOf(task))?.type !== "back") return;
    if (event.defaultPrevented || typing(event.target) || document.querySelector("[role=dialog], [role=menu]")) return;
    event.preventDefault();
    onBack();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
