/** What a hand did to the page. A command is a value: applying it never fails and never changes its input. */
import type { Stroke } from "./masks/stroke";
import { withStroke } from "./masks/work";
import { type Choice, choiceOf, NOTHING, type PageState } from "./page";
import type { Region } from "./regions/region";

interface OnItems {
  readonly items: readonly string[];
}

export type LabelCommand =
  /** Multi-class: the label becomes the only one. */
  | (OnItems & { readonly type: "replace" | "add" | "remove"; readonly label: string })
  | (OnItems & { readonly type: "skip" | "unskip" });

export type RegionCommand =
  /** `replaces` go at the same time: one step of undo. */
  | (OnItems & { readonly type: "addRegion"; readonly region: Region; readonly replaces?: readonly string[] })
  | (OnItems & { readonly type: "reshape"; readonly region: string; readonly points: readonly number[] })
  | (OnItems & { readonly type: "retag"; readonly regions: readonly string[]; readonly label: string })
  | (OnItems & { readonly type: "removeRegions"; readonly regions: readonly string[] });

export type MaskCommand =
  | (OnItems & { readonly type: "paint"; readonly stroke: Stroke })
  | (OnItems & { readonly type: "clearMask" });

export type Command = LabelCommand | RegionCommand | MaskCommand;

function changed(choice: Choice, command: Command): Choice {
  switch (command.type) {
    case "replace":
      return { ...choice, labels: [command.label], skip: false };
    case "add":
      return choice.labels.includes(command.label) ? choice : { ...choice, labels: [...choice.labels, command.label], skip: false };
    case "remove":
      return { ...choice, labels: choice.labels.filter((label) => label !== command.label) };
    case "skip":
      return { ...NOTHING, skip: true };
    case "unskip":
      return { ...NOTHING };
    case "paint":
      return { ...choice, skip: false, mask: withStroke(choice.mask, command.stroke) };
    case "clearMask":
      return { ...choice, mask: null };
    default:
      return { ...choice, skip: false, regions: regionsAfter(choice.regions, command) };
  }
}

function without(regions: readonly Region[], ids: readonly string[] = []): readonly Region[] {
  const gone = new Set(ids);
  return gone.size > 0 ? regions.filter((region) => !gone.has(region.id)) : regions;
}

function regionsAfter(regions: readonly Region[], command: RegionCommand): readonly Region[] {
  switch (command.type) {
    case "addRegion":
      return [...without(regions, command.replaces), command.region];
    case "reshape":
      return regions.map((region) => (region.id === command.region ? { ...region, points: command.points } : region));
    case "retag":
      return regions.map((region) => (command.regions.includes(region.id) ? { ...region, label: command.label } : region));
    case "removeRegions":
      return without(regions, command.regions);
  }
}

/** The page after the command. Items that are not on the page are left alone. */
export function apply(page: PageState, command: Command): PageState {
  const choices = { ...page.choices };
  for (const item of command.items) if (page.items.includes(item)) choices[item] = changed(choiceOf(page, item), command);
  return { ...page, choices };
}
