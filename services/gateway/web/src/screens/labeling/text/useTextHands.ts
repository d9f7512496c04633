/** Mouse, pen and finger on a text: drag marks, double click marks a word, a click selects a span or sets the caret (F173–F176). */
import { type HTMLAttributes, type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from "react";

import { type Caret, marked, reach, standAt } from "../../../annotator/text/caret";
import type { Passage } from "../../../annotator/text/passage";
import type { Range } from "../../../annotator/text/range";
import { wordAt } from "../../../annotator/text/words";
import { characterAt, unitAt } from "./place";
import type { TextScroll } from "./scroll";
import type { Tagging } from "./useTagging";

const DOUBLE_MS = 500;
const NEAR = 6;
/** Pixels a frame for each pixel beyond the edge. */
const PULL = 0.3;

interface Press {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly double: boolean;
  /** What the press began with: a place, or the word of a double click. */
  readonly from: Range;
  readonly span: string | null;
}

const closest = (target: EventTarget, name: string): string | null => (target instanceof Element ? (target.closest<HTMLElement>(`[data-${name}]`)?.dataset[name] ?? null) : null);

interface Options {
  area: RefObject<HTMLDivElement | null>;
  passage: Passage;
  scroll: TextScroll;
  tagging: Tagging;
}

export function useTextHands({ area, passage, scroll, tagging }: Options): HTMLAttributes<HTMLDivElement> {
  const press = useRef<Press | null>(null);
  const before = useRef({ at: -Infinity, x: 0, y: 0 });
  const pointer = useRef({ x: 0, y: 0 });

  /** What the press has marked so far; null when the pointer has hardly moved. */
  const reached = (): Caret | null => {
    const start = press.current;
    const { x, y } = pointer.current;
    const far = start !== null && Math.hypot(x - start.x, y - start.y) >= NEAR;
    const unit = far && area.current ? unitAt(area.current, x, y) : null;
    if (unit === null || !start) return null;
    const word = start.double ? wordAt(passage.text, unit) : null;
    if (unit < start.from.start) return { anchor: start.from.end, focus: word?.start ?? unit };
    return { anchor: start.from.start, focus: Math.max(word?.end ?? unit, start.from.end) };
  };
  const follow = (): void => {
    const caret = reached();
    if (caret) tagging.setCaret(caret);
  };
  const pull = useEffectEvent(() => {
    const box = area.current?.getBoundingClientRect();
    if (!press.current || !box) return;
    const { y } = pointer.current;
    const beyond = y < box.top ? y - box.top : y > box.bottom ? y - box.bottom : 0;
    if (beyond === 0) return;
    scroll.by(beyond * PULL);
    follow();
  });
  useEffect(() => {
    let frame = 0;
    const turn = () => {
      pull();
      frame = requestAnimationFrame(turn);
    };
    frame = requestAnimationFrame(turn);
    return () => cancelAnimationFrame(frame);
  }, []);

  const down = (event: PointerEvent<HTMLDivElement>) => {
    const unit = event.button === 0 && area.current ? unitAt(area.current, event.clientX, event.clientY) : null;
    if (unit === null) return;
    const tag = closest(event.target, "tag");
    if (tag !== null) {
      tagging.selectAll(tag);
      return;
    }
    const last = before.current;
    const double = event.timeStamp - last.at < DOUBLE_MS && Math.hypot(event.clientX - last.x, event.clientY - last.y) < NEAR;
    before.current = { at: double ? -Infinity : event.timeStamp, x: event.clientX, y: event.clientY };
    pointer.current = { x: event.clientX, y: event.clientY };
    const under = double && area.current ? characterAt(area.current, passage.text, event.clientX, event.clientY) : null;
    const word = under === null ? null : wordAt(passage.text, under);
    const from = word ?? { start: unit, end: unit };
    press.current = { at: unit, x: event.clientX, y: event.clientY, double, from, span: closest(event.target, "span") };
    event.currentTarget.setPointerCapture(event.pointerId);
    if (event.shiftKey) tagging.setCaret(reach(tagging.caret, unit, true));
    else tagging.setCaret(word ? { anchor: word.start, focus: word.end } : standAt(unit));
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    pointer.current = { x: event.clientX, y: event.clientY };
    follow();
  };
  const up = (event: PointerEvent<HTMLDivElement>) => {
    const start = press.current;
    if (!start) return;
    pointer.current = { x: event.clientX, y: event.clientY };
    // Asked anew: the last move may not have been drawn yet.
    const range = marked(reached() ?? tagging.caret);
    press.current = null;
    if (range) tagging.mark(range, event.altKey);
    else if (start.span !== null) tagging.toggle(start.span);
    else tagging.letGo();
  };
  const cancel = () => {
    press.current = null;
  };
  return { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: cancel };
}
