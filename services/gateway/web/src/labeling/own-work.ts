/** Which items hold work of a person's own, which a skip would throw away. What an item came with is none. */
import { choiceOf, isTouched, type PageState, sameChoice } from "../annotator/page";
import type { LeasedItem } from "../api/labeling-types";
import { choiceFrom } from "./item-choice";

export function ownWork<I extends Pick<LeasedItem, "id" | "answers" | "regions">>(items: readonly I[], page: PageState): readonly I[] {
  return items.filter((item) => {
    const choice = choiceOf(page, item.id);
    return isTouched(choice) && !choice.skip && !sameChoice(choice, choiceFrom(item, page.task.set));
  });
}
