/** Wheel zooms, dragging pans, two fingers do both. */
import { type RefObject, useEffect, useEffectEvent } from "react";

import type { Zoom } from "./useZoom";

const WHEEL = 0.0016;

interface Point {
  x: number;
  y: number;
}

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = (a: Point, b: Point): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));

export function usePointers(area: RefObject<HTMLElement | null>, zoom: Zoom): void {
  const by = useEffectEvent((factor: number, at: Point) => zoom.by(factor, at));
  const pan = useEffectEvent((dx: number, dy: number) => zoom.pan(dx, dy));

  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const down = new Map<number, Point>();
    const place = (event: PointerEvent | WheelEvent): Point => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      by(Math.exp(-event.deltaY * WHEEL * (event.deltaMode === 1 ? 16 : 1)), place(event));
    };
    const onDown = (event: PointerEvent) => {
      down.set(event.pointerId, place(event));
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      const was = down.get(event.pointerId);
      if (!was) return;
      const now = place(event);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, now);
      if (!other) {
        pan(now.x - was.x, now.y - was.y);
        return;
      }
      const middle = between(now, other);
      by(apart(now, other) / apart(was, other), middle);
      pan(middle.x - between(was, other).x, middle.y - between(was, other).y);
    };
    const onUp = (event: PointerEvent) => down.delete(event.pointerId);
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
    };
  }, [area]);
}
