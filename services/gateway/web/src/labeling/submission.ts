/** From the page at work to what is sent: one request a lease. */
import { actionsOn, type Log } from "../annotator/log";
import { choiceOf } from "../annotator/page";
import type { SubmitItem } from "../api/labeling-types";
import { answersOf } from "./answers";
import { toWire } from "./wire-regions";
import { tokensOf, type WorkItem } from "./work-page";

export interface Submission {
  readonly token: string;
  readonly entries: SubmitItem[];
}

/** What is sent for one item. */
export function submissionOf(item: { id: string; version: number }, log: Log, activeMs = 0, shownAt?: number): SubmitItem {
  const { labels, skip, regions } = choiceOf(log.page, item.id);
  return {
    id: item.id,
    version: item.version,
    skip,
    answers: skip ? [] : answersOf(labels, log.page.task.set),
    regions: skip ? [] : regions.map(toWire),
    effort: { active_ms: activeMs, actions: actionsOn(log, item.id), shown_at: shownAt === undefined ? null : new Date(shownAt).toISOString() },
  };
}

/** `activeMs` of the page is shared evenly among its items. */
export function submissions(items: readonly WorkItem[], log: Log, activeMs: number, shownAt: number): Submission[] {
  const share = Math.round(activeMs / Math.max(1, items.length));
  const entries = (token: string): SubmitItem[] => items.filter((item) => item.token === token).map((item) => submissionOf(item, log, share, shownAt));
  return tokensOf(items).map((token) => ({ token, entries: entries(token) }));
}
