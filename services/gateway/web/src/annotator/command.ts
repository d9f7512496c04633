/** What a hand did to the page. A command is a value: applying it never fails and never changes its input. */
import { type Choice, choiceOf, NOTHING, type PageState } from "./page";

export type Command =
  /** Multi-class: the label becomes the only one. */
  | { readonly type: "replace"; readonly items: readonly string[]; readonly label: string }
  | { readonly type: "add"; readonly items: readonly string[]; readonly label: string }
  | { readonly type: "remove"; readonly items: readonly string[]; readonly label: string }
  | { readonly type: "skip"; readonly items: readonly string[] }
  | { readonly type: "unskip"; readonly items: readonly string[] };

function changed(choice: Choice, command: Command): Choice {
  switch (command.type) {
    case "replace":
      return { labels: [command.label], skip: false };
    case "add":
      return choice.labels.includes(command.label) ? choice : { labels: [...choice.labels, command.label], skip: false };
    case "remove":
      return { ...choice, labels: choice.labels.filter((label) => label !== command.label) };
    case "skip":
      return { labels: [], skip: true };
    case "unskip":
      return { ...NOTHING };
  }
}

/** The page after the command. Items that are not on the page are left alone. */
export function apply(page: PageState, command: Command): PageState {
  const choices = { ...page.choices };
  for (const item of command.items) if (page.items.includes(item)) choices[item] = changed(choiceOf(page, item), command);
  return { ...page, choices };
}
