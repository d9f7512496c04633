/** The page of work: which items are shown, what was chosen for each. Plain values; every function returns a new one. */

/** How labels are chosen: from set `set`, several of them if `multi`. */
export interface Task {
  readonly set: string;
  readonly multi: boolean;
}

/** What a person said of an item so far. `skip` and labels exclude each other. */
export interface Choice {
  readonly labels: readonly string[];
  readonly skip: boolean;
}

export interface PageState {
  readonly task: Task;
  readonly items: readonly string[];
  readonly choices: Readonly<Record<string, Choice>>;
}

export const NOTHING: Choice = { labels: [], skip: false };

export function openPage(task: Task, items: readonly string[], choices: Readonly<Record<string, Choice>> = {}): PageState {
  return { task, items, choices };
}

export function choiceOf(page: PageState, item: string): Choice {
  return page.choices[item] ?? NOTHING;
}

export function isTouched(choice: Choice): boolean {
  return choice.skip || choice.labels.length > 0;
}

/** Items that Submit still waits for (F131): neither a label nor a skip. */
export function missing(page: PageState): readonly string[] {
  return page.items.filter((item) => !isTouched(choiceOf(page, item)));
}

export function isComplete(page: PageState): boolean {
  return page.items.length > 0 && missing(page).length === 0;
}

/** Items with work on them that is not submitted. */
export function touched(page: PageState): readonly string[] {
  return page.items.filter((item) => isTouched(choiceOf(page, item)));
}

export function sameChoice(one: Choice, other: Choice): boolean {
  return one.skip === other.skip && one.labels.length === other.labels.length && one.labels.every((label) => other.labels.includes(label));
}

/** The page without some items: they were submitted, released or lost. */
export function without(page: PageState, gone: ReadonlySet<string>): PageState {
  return { ...page, items: page.items.filter((item) => !gone.has(item)) };
}
