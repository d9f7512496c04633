/** The hands' state while entities of one text are tagged; commands go to the page's log. */
import { useMemo, useState } from "react";

import type { Command } from "../../../annotator/command";
import { type Caret, marked, standAt, START } from "../../../annotator/text/caret";
import type { Passage } from "../../../annotator/text/passage";
import type { Range } from "../../../annotator/text/range";
import type { Region } from "../../../annotator/regions/region";
import { type Span, spanAt, spansOf } from "../../../annotator/text/spans";
import { choose, IDLE, letGo, mark, type Move, release, removeSelected, type Scene, selectAll, type Tagger, toggle } from "../../../annotator/text/tagger";
import { wordAt } from "../../../annotator/text/words";

export interface Tagging {
  readonly tagger: Tagger;
  readonly caret: Caret;
  readonly spans: readonly Span[];
  /** What is shown as marked: what the hand holds, or what waits for a label. */
  readonly marked: Range | null;
  readonly setCaret: (caret: Caret) => void;
  /** Tags a stretch, or lets it wait for a label. */
  readonly mark: (range: Range, exact: boolean) => void;
  /** Tags what the keyboard has marked, else the word at the caret. */
  readonly markHere: (exact: boolean) => void;
  readonly choose: (label: string) => void;
  readonly selectAll: (label: string) => void;
  readonly toggle: (id: string) => void;
  /** The span at the caret: into the selection, or out of it. */
  readonly toggleHere: () => void;
  readonly remove: (ids: readonly string[]) => void;
  /** The selected spans, else the one at the caret. */
  readonly removeHere: () => void;
  /** A click on plain text. */
  readonly letGo: () => void;
  /** Esc. */
  readonly release: () => void;
}

interface Options {
  item: string;
  passage: Passage;
  regions: readonly Region[];
  run: (command: Command) => void;
}

export function useTagging({ item, passage, regions, run }: Options): Tagging {
  const [state, setState] = useState<Tagger>(IDLE);
  const [caret, setCaret] = useState<Caret>(START);
  const spans = useMemo(() => spansOf(regions, passage.points), [regions, passage]);
  const known = useMemo(() => new Set(spans.map((span) => span.id)), [spans]);
  // Undo may take a selected span away.
  const stale = [...state.selected].some((id) => !known.has(id));
  const tagger = stale ? { ...state, selected: new Set([...state.selected].filter((id) => known.has(id))) } : state;
  const scene: Scene = { item, passage, spans };
  const held = marked(caret);
  const here = (): Span | null => spanAt(spans, caret.focus) ?? spanAt(spans, caret.focus - 1);
  const make = (move: Move): void => {
    setState(move.tagger);
    for (const command of move.commands) run(command);
  };
  const settle = (range: Range | null): void => setCaret(standAt(range?.end ?? caret.focus));
  const markRange = (range: Range, exact: boolean): void => {
    make(mark(tagger, scene, range, exact));
    settle(range);
  };
  return {
    tagger,
    caret,
    spans,
    marked: held ?? tagger.waiting,
    setCaret,
    mark: markRange,
    markHere: (exact) => {
      const range = held ?? tagger.waiting ?? wordAt(passage.text, caret.focus);
      if (range) markRange(range, exact || range === tagger.waiting);
    },
    choose: (label) => {
      make(choose(tagger, scene, label, held));
      settle(held);
    },
    selectAll: (label) => make(selectAll(tagger, scene, label)),
    toggle: (id) => make(toggle(tagger, id)),
    toggleHere: () => {
      const span = here();
      if (span) make(toggle(tagger, span.id));
    },
    remove: (ids) => make(removeSelected({ ...tagger, selected: new Set(ids) }, scene)),
    removeHere: () => {
      const span = here();
      const ids = tagger.selected.size > 0 || !span ? tagger.selected : new Set([span.id]);
      make(removeSelected({ ...tagger, selected: ids }, scene));
    },
    letGo: () => make(letGo(tagger)),
    release: () => {
      make(release(tagger));
      settle(null);
    },
  };
}
