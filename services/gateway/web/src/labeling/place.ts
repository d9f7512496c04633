/** What a reload needs to get the same page back, and a sign-out to release it, in this tab only. The layout and the size of the brush, on this device. */
import { isLayout, type Layout } from "../annotator/layout";

export interface Place {
  /** The lease of the page at work first, then all others of this tab. */
  tokens: string[];
  /** The page at work. */
  items: { id: string; version: number }[];
}

const LAYOUT = "labelbus.layout";
const BRUSH = "labelbus.brush-size";
const PAGE = "labelbus.page.";
const placeKey = (project: string): string => PAGE + project;

export function rememberPlace(project: string, tokens: string[], items: readonly { id: string; version: number }[]): void {
  const place: Place = { tokens, items: items.map(({ id, version }) => ({ id, version })) };
  if (items.length > 0) sessionStorage.setItem(placeKey(project), JSON.stringify(place));
  else forgetPlace(project);
}

export function forgetPlace(project: string): void {
  sessionStorage.removeItem(placeKey(project));
}

export function rememberedPlace(project: string): Place | null {
  const stored = sessionStorage.getItem(placeKey(project));
  return stored ? (JSON.parse(stored) as Place) : null;
}

export function rememberLayout(layout: Layout): void {
  localStorage.setItem(LAYOUT, String(layout));
}

export function rememberedLayout(): Layout {
  const stored = Number(localStorage.getItem(LAYOUT));
  return isLayout(stored) ? stored : 4;
}

export function rememberBrush(size: number): void {
  localStorage.setItem(BRUSH, String(size));
}

/** Undefined if none was chosen yet. */
export function rememberedBrush(): number | undefined {
  return Number(localStorage.getItem(BRUSH)) || undefined;
}

/** Every page that this tab holds, of all projects. */
export function heldPages(): { project: string; token: string }[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PAGE))
    .flatMap((key) => {
      const project = key.slice(PAGE.length);
      return (rememberedPlace(project)?.tokens ?? []).map((token) => ({ project, token }));
    });
}
