/** Rows of labels; only those in view are in the page, so that thousands are no burden. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

import type { ShownLabel } from "../../annotator/labels";
import { LabelRow } from "./LabelRow";
import classes from "./Labeling.module.css";

const ROW = 38;

interface Props {
  labels: readonly ShownLabel[];
  nested: boolean;
  held: (label: string) => number;
  targets: number;
  onChoose: (label: string) => void;
}

export function LabelList({ labels, nested, held, targets, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the list is drawn here and handed to nobody
  const rows = useVirtualizer({ count: labels.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12, initialRect: { width: 260, height: 800 } });
  return (
    <div ref={scroller} className={classes["labels"]}>
      <div style={{ position: "relative", height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const label = labels[row.index];
          if (!label) return null;
          const count = held(label.id);
          const state = count === 0 ? "none" : count === targets ? "all" : "some";
          return (
            <div key={label.id} style={{ position: "absolute", insetInline: 0, height: ROW, transform: `translateY(${row.start}px)` }}>
              <LabelRow label={label} nested={nested} state={state} onChoose={() => onChoose(label.id)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
