/** A page that was handed out, with the drafts that belong to it. */
import { type Choice, isTouched } from "../annotator/page";
import type { Kind, LeasedItem, Page } from "../api/labeling-types";
import { draftOf } from "./drafts";
import { choiceFrom } from "./item-choice";

/** An item with the lease that it is held by: after a switch of the layout one page may have two. */
export interface WorkItem extends LeasedItem {
  readonly token: string;
}

export interface WorkPage {
  readonly kind: Kind;
  readonly items: readonly WorkItem[];
  readonly choices: Readonly<Record<string, Choice>>;
  readonly draftsBack: number;
  /** Of an empty page: how many items others hold, other tabs of this person hold, are not ready yet. */
  readonly othersHold: number;
  readonly ownHold: number;
  readonly pending: number;
}

/** Puts drafts, else presets, on the items of a page. */
export async function prepare(user: string, set: string, page: Page): Promise<WorkPage> {
  const items = page.items.map((item) => ({ ...item, token: page.token }));
  const drafts = await Promise.all(items.map((item) => draftOf(user, item.id, item.version).catch(() => null)));
  const choices: Record<string, Choice> = {};
  let draftsBack = 0;
  items.forEach((item, place) => {
    const draft = drafts[place];
    if (draft && isTouched(draft)) draftsBack += 1;
    choices[item.id] = draft ?? choiceFrom(item, set);
  });
  return { kind: page.kind, items, choices, draftsBack, othersHold: page.others_hold, ownHold: page.own_hold, pending: page.pending };
}

/** One page out of two. */
export function joined(first: WorkPage, second: WorkPage): WorkPage {
  return {
    ...first,
    items: [...first.items, ...second.items],
    choices: { ...first.choices, ...second.choices },
    draftsBack: first.draftsBack + second.draftsBack,
  };
}

export function namesOf(items: readonly WorkItem[]): Record<string, string> {
  return Object.fromEntries(items.map((item) => [item.id, item.name]));
}

export function tokensOf(items: readonly WorkItem[]): string[] {
  return [...new Set(items.map((item) => item.token))];
}
