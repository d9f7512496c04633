/** Puts the mask of an item on the stage and into the hands of the brushes, and keeps it in step with the strokes. */
import { useLocalStorage } from "@mantine/hooks";
import { useEffect, useState, useSyncExternalStore } from "react";

import { type Easel, MaskBoard } from "../../../annotator/masks/board";
import { MaskRefused, maskWorker } from "../../../annotator/masks/mask-worker";
import type { Base, Paint } from "../../../annotator/masks/raster";
import type { Stroke } from "../../../annotator/masks/stroke";
import type { MaskWork } from "../../../annotator/masks/work";
import type { Annotator } from "../../../annotator/desk/annotator";
import type { DoneItem } from "../../../api/labeling-types";

export interface MaskState {
  /** Null while the mask that came with the item is being decoded, or when it can't be. */
  readonly board: MaskBoard | null;
  /** What there is paint of. Nothing while there is no board. */
  readonly paints: readonly Paint[];
  /** Why the mask can't be opened. */
  readonly trouble: MaskRefused["code"] | null;
  /** 0 to 1. */
  readonly opacity: number;
  readonly setOpacity: (opacity: number) => void;
}

type Layers = MaskWork["base"];
type Opened = { readonly layers: Layers; readonly base: Base | null } | { readonly layers: Layers; readonly trouble: MaskRefused["code"] };

const NO_LAYERS: Layers = [];
const NO_STROKES: readonly Stroke[] = [];
const NO_PAINTS: readonly Paint[] = [];
const never = (): (() => void) => () => undefined;
const NOTHING: Opened = { layers: NO_LAYERS, base: null };

/** The pixels of the layers; null while they are not there yet. */
function useBase(item: Pick<DoneItem, "media">, layers: Layers): Opened | null {
  const [opened, setOpened] = useState<Opened | null>(null);
  const { width = 0, height = 0 } = item.media ?? {};
  useEffect(() => {
    if (layers.length === 0) return undefined;
    let left = false;
    const done = (now: Opened): void => {
      if (!left) setOpened(now);
    };
    maskWorker.decode({ width, height }, layers).then(
      (base) => done({ layers, base }),
      (error: unknown) => done({ layers, trouble: error instanceof MaskRefused ? error.code : "failed" }),
    );
    return () => {
      left = true;
    };
  }, [layers, width, height]);
  if (layers.length === 0) return NOTHING;
  return opened?.layers === layers ? opened : null;
}

/** `annotator` is null where no masks are painted. `hidden`: paint is not shown. */
export function useMaskBoard(annotator: Annotator | null, easel: Easel, item: Pick<DoneItem, "id" | "media">, mask: MaskWork | null, hidden: boolean): MaskState {
  const [opacity, setOpacity] = useLocalStorage({ key: "labelbus.mask-opacity", defaultValue: 0.55, getInitialValueInEffect: false });
  const [board, setBoard] = useState<MaskBoard | null>(null);
  const opened = useBase(item, mask?.base ?? NO_LAYERS);
  const strokes = mask?.strokes ?? NO_STROKES;

  useEffect(() => {
    if (!annotator || !item.media || !opened || "trouble" in opened) return undefined;
    const { stage, colorOf } = annotator;
    const made = new MaskBoard(item.media, opened.base, { colorOf, opacity, repaint: (box) => stage.repaint(box) });
    stage.setUnder(made.layer);
    easel.board = made;
    setBoard(made);
    return () => {
      if (easel.board === made) stage.setUnder(null);
      easel.board = null;
      setBoard(null);
    };
  }, [annotator, item.id, opened]);
  useEffect(() => board?.show(strokes), [board, strokes]);
  useEffect(() => board?.setOpacity(hidden ? 0 : opacity), [board, opacity, hidden]);
  const paints = useSyncExternalStore(board?.onPaints ?? never, () => board?.paints ?? NO_PAINTS);
  return { board, paints, trouble: opened && "trouble" in opened ? opened.trouble : null, opacity, setOpacity };
}
