/** Keys of a DICOM picture that is labeled as a whole: W takes the window into the hand, then the arrows adjust it finely. */
import { useEffect, useEffectEvent } from "react";

import { typing } from "../../../app/shortcuts";

interface Options {
  adjusting: boolean;
  onToggle: () => void;
  onDrag: (dx: number, dy: number) => void;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LARGE = 10;

export function useWindowKeys({ adjusting, onToggle, onDrag }: Options): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("[role=dialog], [role=menu]")) return;
    const step = STEPS[event.key];
    if (event.key.toLowerCase() === "w" || (event.key === "Escape" && adjusting)) onToggle();
    else if (adjusting && step) onDrag(step[0] * (event.shiftKey ? LARGE : 1), step[1] * (event.shiftKey ? LARGE : 1));
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    // Before the keys of the page: they leave alone what was used.
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}
