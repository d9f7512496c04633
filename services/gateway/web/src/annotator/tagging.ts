/** What choosing a label means for the images it goes to (F129, F132–F134, A13). */
import type { Command } from "./command";
import { choiceOf, type PageState } from "./page";

/** The command for a click on `label`, or null when it would change nothing. */
export function chooseLabel(page: PageState, items: readonly string[], label: string): Command | null {
  if (items.length === 0) return null;
  const has = (item: string): boolean => choiceOf(page, item).labels.includes(label);
  if (!page.task.multi) return items.every(has) ? null : { type: "replace", items, label };
  return { type: items.every(has) ? "remove" : "add", items: items.every(has) ? items : items.filter((item) => !has(item)), label };
}
