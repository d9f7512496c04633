/** Where the element that names a region and holds its X stands: at the region's upper right corner, inside the window. */
import { boundsOf } from "../geometry/bounds";
import type { Region } from "../regions/region";
import { type Size, toWindow, type Viewport } from "../viewport";

const GAP_PX = 6;

export function placeBadge(badge: HTMLElement, region: Region | null, view: Viewport, window: Size): void {
  badge.style.visibility = region ? "visible" : "hidden";
  if (!region) return;
  const { x1, y0 } = boundsOf(region.points);
  const { x, y } = toWindow(view, { x: x1, y: y0 });
  const left = Math.min(Math.max(0, x - badge.offsetWidth), window.width - badge.offsetWidth);
  const top = Math.min(Math.max(0, y - badge.offsetHeight - GAP_PX), window.height - badge.offsetHeight);
  badge.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
