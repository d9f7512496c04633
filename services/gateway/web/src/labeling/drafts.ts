/** Drafts: written after every change, read when an item is shown again. */
import { type Choice, choiceOf, type PageState, sameChoice } from "../annotator/page";
import { database, type Draft } from "./database";

const KEPT_MS = 30 * 24 * 3_600_000;

const idOf = (user: string, item: string, version: number): string => `${user} ${item} ${version}`;

export async function keepDraft(user: string, item: string, version: number, choice: Choice): Promise<void> {
  const draft: Draft = { id: idOf(user, item, version), user, item, version, ...choice, updatedAt: Date.now() };
  await (await database()).put("drafts", draft);
}

/** Keeps a draft of each item that changed from one state of its page to the next. */
export async function keepChanges(user: string, items: readonly { id: string; version: number }[], before: PageState, after: PageState): Promise<void> {
  const changed = items.filter((item) => !sameChoice(choiceOf(before, item.id), choiceOf(after, item.id)));
  await Promise.all(changed.map((item) => keepDraft(user, item.id, item.version, choiceOf(after, item.id))));
}

/** A correction of what is `saved`; none once it is the same again. */
export async function keepCorrection(user: string, item: { id: string; version: number }, saved: Choice, choice: Choice): Promise<void> {
  if (sameChoice(saved, choice)) await forgetDrafts(user, [item]);
  else await keepDraft(user, item.id, item.version, choice);
}

/** The draft of this item at exactly this version: work on an older state does not fit a newer one. */
export async function draftOf(user: string, item: string, version: number): Promise<Choice | null> {
  const draft = await (await database()).get("drafts", idOf(user, item, version));
  if (!draft) return null;
  const { labels = [], skip = false, regions = [], mask = null } = draft;
  return { labels, skip, regions, mask };
}

export async function forgetDrafts(user: string, items: readonly { id: string; version: number }[]): Promise<void> {
  const store = (await database()).transaction("drafts", "readwrite");
  await Promise.all([...items.map((item) => store.store.delete(idOf(user, item.id, item.version))), store.done]);
}

/** Drafts that nobody came back to in 30 days. */
export async function forgetOldDrafts(now = Date.now()): Promise<void> {
  const store = (await database()).transaction("drafts", "readwrite");
  for await (const cursor of store.store.index("updatedAt").iterate(IDBKeyRange.upperBound(now - KEPT_MS))) await cursor.delete();
  await store.done;
}
