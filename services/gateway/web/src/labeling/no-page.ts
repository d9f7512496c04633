/** What a refused claim means for somebody who has no page. */
import type { ApiError } from "../api/problem";
import type { Snapshot } from "./snapshot";

const BLOCKED = new Set(["project_paused", "project_not_running"]);

export interface NoPage {
  readonly phase: Snapshot["phase"];
  readonly paused: boolean;
  /** Pages on their way still count as held: the claim works as soon as they are saved. */
  readonly full: boolean;
  /** It is worth asking again by and by. */
  readonly again: boolean;
}

export function whyNoPage(error: ApiError): NoPage {
  const paused = BLOCKED.has(error.code);
  const full = error.code === "too_many_pages";
  return { phase: paused ? "blocked" : full ? "waiting" : "failed", paused, full, again: paused || full || error.passing };
}
