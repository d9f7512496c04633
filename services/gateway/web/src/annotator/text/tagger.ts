/**
 * What the hands hold while entities are tagged, and what each of their moves does. Pure: a move answers with the new state, the
 * commands to run, and a hint to show. A label first, then text (F173, F174), or text first, then a label; selected spans take
 * the label that is chosen next (F176); what would overlap is refused once and replaces what is there when asked again (A17).
 */
import type { Command } from "../command";
import type { Passage } from "./passage";
import type { Range } from "./range";
import { regionOf, type Span, touching } from "./spans";
import { trimmed } from "./words";

export type Hint = "chooseLabel" | "overlap" | "nothing";

export interface Tagger {
  /** The label that the next stretch of text gets. */
  readonly label: string | null;
  /** Selected spans by id. */
  readonly selected: ReadonlySet<string>;
  /** A stretch that waits: for a label, or for a second wish to replace what it overlaps. */
  readonly waiting: Range | null;
  readonly hint: Hint | null;
}

export interface Scene {
  readonly item: string;
  readonly passage: Passage;
  /** In the order of the text. */
  readonly spans: readonly Span[];
}

export interface Move {
  readonly tagger: Tagger;
  readonly commands: readonly Command[];
}

const NOBODY: ReadonlySet<string> = new Set();
export const IDLE: Tagger = { label: null, selected: NOBODY, waiting: null, hint: null };

const move = (tagger: Tagger, commands: readonly Command[] = []): Move => ({ tagger, commands });
const same = (one: Range | null, other: Range): boolean => one?.start === other.start && one.end === other.end;

function tagged(tagger: Tagger, scene: Scene, range: Range, label: string): Move {
  const { item, passage, spans } = scene;
  const there = touching(spans, range);
  const [only] = there;
  const free: Tagger = { ...tagger, waiting: null, hint: null, selected: NOBODY };
  if (only?.label === label && same(only, range)) return move(free);
  if (there.length > 0 && !same(tagger.waiting, range)) return move({ ...free, waiting: range, hint: "overlap" });
  const region = regionOf(range, label, passage.points);
  return move(free, [{ type: "addRegion", items: [item], region, ...(there.length > 0 && { replaces: there.map((span) => span.id) }) }]);
}

/** A stretch was marked: by a drag, a double click, or Shift and Enter. `exact` (Alt) leaves its edges as they are. */
export function mark(tagger: Tagger, scene: Scene, range: Range, exact: boolean): Move {
  const stretch = trimmed(scene.passage.text, range, exact);
  if (!stretch) return move({ ...tagger, waiting: null, hint: "nothing" });
  if (tagger.label !== null) return tagged(tagger, scene, stretch, tagger.label);
  return move({ ...tagger, selected: NOBODY, waiting: stretch, hint: "chooseLabel" });
}

/** A label was chosen in the panel or by its key; `held` is what the keyboard has marked. */
export function choose(tagger: Tagger, scene: Scene, label: string, held: Range | null): Move {
  const chosen: Tagger = { ...tagger, label, hint: null };
  if (tagger.selected.size > 0) {
    const regions = scene.spans.filter((span) => tagger.selected.has(span.id) && span.label !== label).map((span) => span.id);
    const done: Tagger = { ...chosen, selected: NOBODY };
    return move(done, regions.length > 0 ? [{ type: "retag", items: [scene.item], regions, label }] : []);
  }
  const range = held ? trimmed(scene.passage.text, held, false) : tagger.waiting;
  if (range) return tagged(chosen, scene, range, label);
  if (tagger.label === label) return selectAll(chosen, scene, label);
  return move(chosen);
}

/** All spans of a label, or none of them if all are selected already (F176). */
export function selectAll(tagger: Tagger, scene: Scene, label: string): Move {
  const ids = scene.spans.filter((span) => span.label === label).map((span) => span.id);
  const all = ids.length > 0 && ids.length === tagger.selected.size && ids.every((id) => tagger.selected.has(id));
  return move({ ...tagger, selected: all ? NOBODY : new Set(ids), waiting: null, hint: null });
}

/** A span was clicked: into the selection, or out of it. */
export function toggle(tagger: Tagger, id: string): Move {
  const selected = new Set(tagger.selected);
  if (!selected.delete(id)) selected.add(id);
  return move({ ...tagger, selected, waiting: null, hint: null });
}

export function removeSelected(tagger: Tagger, scene: Scene): Move {
  const regions = scene.spans.filter((span) => tagger.selected.has(span.id)).map((span) => span.id);
  const free: Tagger = { ...tagger, selected: NOBODY, waiting: null, hint: null };
  return move(free, regions.length > 0 ? [{ type: "removeRegions", items: [scene.item], regions }] : []);
}

/** Lets go of what waits and of what is selected; the label stays. */
export function letGo(tagger: Tagger): Move {
  return move({ ...IDLE, label: tagger.label });
}

/** Lets go: first of what waits or is selected, then of the label. */
export function release(tagger: Tagger): Move {
  const holds = tagger.waiting !== null || tagger.selected.size > 0;
  return move({ ...IDLE, label: holds ? tagger.label : null });
}
