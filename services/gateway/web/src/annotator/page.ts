/** The page of work: which items are shown, what was chosen for each. Plain values; every function returns a new one. */
import { isPainted, type MaskWork, sameMask } from "./masks/work";
import { isFlat, type Region, sameRegions } from "./regions/region";
import { shapeOf, type Task } from "./task";

export type { Task } from "./task";

/** What a person said of an item so far. `skip` excludes everything else. */
export interface Choice {
  readonly labels: readonly string[];
  readonly skip: boolean;
  readonly regions: readonly Region[];
  readonly mask: MaskWork | null;
}

export interface PageState {
  readonly task: Task;
  readonly items: readonly string[];
  readonly choices: Readonly<Record<string, Choice>>;
}

export const NOTHING: Choice = { labels: [], skip: false, regions: [], mask: null };

export function openPage(task: Task, items: readonly string[], choices: Readonly<Record<string, Choice>> = {}): PageState {
  return { task, items, choices };
}

export function choiceOf(page: PageState, item: string): Choice {
  return page.choices[item] ?? NOTHING;
}

/** How many of some items have a label. */
export function held(page: PageState, items: readonly string[], label: string): number {
  return items.filter((item) => choiceOf(page, item).labels.includes(label)).length;
}

export function isTouched(choice: Choice): boolean {
  return choice.skip || choice.labels.length > 0 || choice.regions.length > 0 || isPainted(choice.mask);
}

/** Whether a box has to be deleted or pulled open first. */
export function hasFlat(choice: Choice): boolean {
  return !choice.skip && choice.regions.some(isFlat);
}

/** Entities may always be submitted without spans (A17), other regions only where the project allows it (A11). */
function isAnswered(task: Task, choice: Choice): boolean {
  if (hasFlat(choice)) return false;
  const shape = shapeOf(task.type);
  return isTouched(choice) || shape === "span" || (shape !== null && task.allowEmpty);
}

/** Items that Submit still waits for (F131, A11). */
export function missing(page: PageState): readonly string[] {
  return page.items.filter((item) => !isAnswered(page.task, choiceOf(page, item)));
}

export function isComplete(page: PageState): boolean {
  return page.items.length > 0 && missing(page).length === 0;
}

/** Items with work on them that is not submitted. */
export function touched(page: PageState): readonly string[] {
  return page.items.filter((item) => isTouched(choiceOf(page, item)));
}

export function sameChoice(one: Choice, other: Choice): boolean {
  const labels = one.labels.length === other.labels.length && one.labels.every((label) => other.labels.includes(label));
  return one.skip === other.skip && labels && sameRegions(one.regions, other.regions) && sameMask(one.mask, other.mask);
}

/** The page without some items: they were submitted, released or lost. */
export function without(page: PageState, gone: ReadonlySet<string>): PageState {
  return { ...page, items: page.items.filter((item) => !gone.has(item)) };
}
