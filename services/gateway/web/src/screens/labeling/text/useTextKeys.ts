/** Keys on a text: the caret, marking with Shift, tagging and taking away. What they do not use goes on to the page's keys. */
import { type KeyboardEvent, type RefObject } from "react";

import { type Caret, reach, START, step, type Step } from "../../../annotator/text/caret";
import type { Passage } from "../../../annotator/text/passage";
import { boxOf, unitAt } from "./place";
import type { TextScroll } from "./scroll";
import type { Tagging } from "./useTagging";

interface Options {
  area: RefObject<HTMLDivElement | null>;
  passage: Passage;
  scroll: TextScroll;
  tagging: Tagging;
}

/** A line up or down is a matter of where the browser wrapped the row: asked of the screen. */
function vertical(area: HTMLElement, passage: Passage, caret: Caret, pixels: number): number | null {
  const box = boxOf(area, passage.rows.at(caret.focus), caret.focus);
  return box && unitAt(area, box.left, box.top + box.height / 2 + pixels);
}

export function useTextKeys({ area, passage, scroll, tagging }: Options): (event: KeyboardEvent<HTMLElement>) => void {
  const { text, rows } = passage;
  const go = (caret: Caret): void => {
    tagging.setCaret(caret);
    scroll.reveal(rows.at(caret.focus));
  };
  const by = (unit: Step, on: 1 | -1, extend: boolean): void => go(step(text, rows, tagging.caret, unit, on, extend));
  const line = (lines: number, extend: boolean): void => {
    const height = area.current ? parseFloat(getComputedStyle(area.current.firstElementChild ?? area.current).lineHeight) : 0;
    const to = area.current && vertical(area.current, passage, tagging.caret, lines * height);
    const row = rows.at(tagging.caret.focus) + Math.sign(lines);
    const beyond = rows.start(Math.max(0, Math.min(row, rows.count - 1)));
    go(reach(tagging.caret, to === null || to === tagging.caret.focus ? beyond : to, extend));
  };
  const page = (on: 1 | -1, extend: boolean): void => {
    scroll.by(on * scroll.page * 0.9);
    const box = area.current?.getBoundingClientRect();
    const to = area.current && box && unitAt(area.current, box.left + 40, box.top + box.height / 2);
    if (typeof to === "number") tagging.setCaret(reach(tagging.caret, to, extend));
  };
  return (event) => {
    const jump = event.ctrlKey || event.metaKey;
    // Alt steps by words on one system and leaves edges as they are on Enter; Ctrl and Enter submit.
    const unit: Step = jump || event.altKey ? "word" : "character";
    const { label, selected, waiting } = tagging.tagger;
    const holds = label !== null || selected.size > 0 || waiting !== null || tagging.marked !== null;
    const rtl = area.current !== null && reads(area.current, rows.at(tagging.caret.focus)) === "rtl";
    const on = rtl ? -1 : 1;
    const deeds: Record<string, (() => void) | undefined> = {
      ArrowRight: () => by(unit, on, event.shiftKey),
      ArrowLeft: () => by(unit, on === 1 ? -1 : 1, event.shiftKey),
      ArrowDown: () => line(1, event.shiftKey),
      ArrowUp: () => line(-1, event.shiftKey),
      PageDown: () => page(1, event.shiftKey),
      PageUp: () => page(-1, event.shiftKey),
      Home: () => by(jump ? "text" : "row", -1, event.shiftKey),
      End: () => by(jump ? "text" : "row", 1, event.shiftKey),
      Enter: jump ? undefined : () => tagging.markHere(event.altKey),
      " ": tagging.toggleHere,
      Delete: tagging.removeHere,
      Backspace: tagging.removeHere,
      Escape: holds ? tagging.release : undefined,
      a: jump ? () => go({ ...START, focus: text.length }) : undefined,
    };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  };
}

function reads(area: HTMLElement, row: number): string {
  const element = area.querySelector(`[data-row="${row}"]`);
  return element ? getComputedStyle(element).direction : "ltr";
}
