/** From the page at work to what is sent: one request a lease. */
import { actionsOn, type Log } from "../annotator/log";
import { type Choice, choiceOf, type PageState, sameChoice } from "../annotator/page";
import type { Size } from "../annotator/viewport";
import type { LeasedItem, SubmitItem } from "../api/labeling-types";
import { answersOf } from "./answers";
import { choiceFrom } from "./item-choice";
import { type MaskJob, maskJobOf } from "./masks";
import type { Submission } from "./outbox";
import { toWire } from "./wire-regions";
import { namesOf, tokensOf, type WorkItem } from "./work-page";

/** The masks of a page; none outside mask projects. */
export function masksOf(items: readonly { id: string; media: Size | null }[], page: PageState): Record<string, MaskJob> {
  if (page.task.type !== "image_mask") return {};
  const painted = items.filter((item) => !choiceOf(page, item.id).skip);
  return Object.fromEntries(painted.flatMap(({ id, media }) => (media ? [[id, maskJobOf(media, choiceOf(page, id))]] : [])));
}

type Prelabeled = Pick<LeasedItem, "id" | "version"> & Partial<Pick<LeasedItem, "answers" | "regions" | "prelabel">>;

/** What became of the prelabel that the item came with; nothing for one without, or that was skipped. */
function prelabelUse({ answers = [], regions = [], prelabel }: Prelabeled, choice: Choice, set: string): Pick<SubmitItem, "prelabel"> {
  if (!prelabel || choice.skip) return {};
  const accepted = sameChoice(choice, choiceFrom({ answers, regions }, set));
  return { prelabel: { ...prelabel, outcome: accepted ? "accepted" : "changed" } };
}

/** What is sent for one item. */
export function submissionOf(item: Prelabeled, log: Log, activeMs = 0, shownAt?: number): SubmitItem {
  const choice = choiceOf(log.page, item.id);
  const { labels, skip, regions } = choice;
  return {
    id: item.id,
    version: item.version,
    skip,
    answers: skip ? [] : answersOf(labels, log.page.task.set),
    regions: skip || log.page.task.type === "image_mask" ? [] : regions.map(toWire),
    effort: { active_ms: activeMs, actions: actionsOn(log, item.id), shown_at: shownAt === undefined ? null : new Date(shownAt).toISOString() },
    ...prelabelUse(item, choice, log.page.task.set),
  };
}

/** `activeMs` of the page is shared evenly among its items. */
export function submissions(project: string, items: readonly WorkItem[], log: Log, activeMs: number, shownAt: number): Submission[] {
  const share = Math.round(activeMs / Math.max(1, items.length));
  return tokensOf(items).map((token) => {
    const mine = items.filter((item) => item.token === token);
    const entries = mine.map((item) => submissionOf(item, log, share, shownAt));
    return { project, token, items: entries, masks: masksOf(mine, log.page), names: namesOf(mine) };
  });
}
