/** Zoom and pan of the single image. The picture's size is known once it is loaded. */
import { useCallback, useState } from "react";

import { clamped, fitted, panned, type Size, type Viewport, zoomed } from "../../annotator/viewport";

const STEP = 1.3;

export interface Zoom {
  /** Null: fitted to the window. */
  readonly view: Viewport | null;
  readonly over: (window: Size, picture: Size) => Viewport;
  readonly measure: (window: Size, picture: Size) => void;
  readonly by: (factor: number, at: { x: number; y: number }) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly in: () => void;
  readonly out: () => void;
  readonly fit: () => void;
}

export function useZoom(): Zoom {
  const [view, setView] = useState<Viewport | null>(null);
  const [sizes, setSizes] = useState<{ window: Size; picture: Size } | null>(null);
  // The same functions as long as the page lives: effects name them.
  const measure = useCallback((window: Size, picture: Size) => setSizes({ window, picture }), []);
  const fit = useCallback(() => setView(null), []);
  const change = (next: (view: Viewport, window: Size, picture: Size) => Viewport) => {
    if (!sizes) return;
    const { window, picture } = sizes;
    setView((was) => {
      const now = next(was ?? fitted(window, picture), window, picture);
      return now.scale <= fitted(window, picture).scale ? null : now;
    });
  };
  const middle = () => ({ x: (sizes?.window.width ?? 0) / 2, y: (sizes?.window.height ?? 0) / 2 });
  const by = (factor: number, at: { x: number; y: number }) => change((was, window, picture) => zoomed(was, factor, at, window, picture));
  return {
    view,
    over: (window, picture) => (view ? clamped(view, window, picture) : fitted(window, picture)),
    measure,
    by,
    pan: (dx, dy) => change((was, window, picture) => panned(was, dx, dy, window, picture)),
    in: () => by(STEP, middle()),
    out: () => by(1 / STEP, middle()),
    fit,
  };
}
