/** One row of a text with its entities. Holds nothing but the row's own letters, so that places can be counted in it. */
import { type CSSProperties, memo } from "react";

import type { ShownLabel } from "../../../annotator/labels";
import { type Piece, piecesOf } from "../../../annotator/text/pieces";
import type { Range } from "../../../annotator/text/range";
import type { Span } from "../../../annotator/text/spans";
import classes from "./Text.module.css";

interface Props {
  row: number;
  place: number;
  text: string;
  range: Range;
  direction: "auto" | "ltr" | "rtl";
  spans: readonly Span[];
  selected: ReadonlySet<string>;
  marked: Range | null;
  labels: ReadonlyMap<string, ShownLabel>;
}

interface MarkProps {
  piece: Piece & { span: Span };
  letters: string;
  label: ShownLabel | undefined;
  selected: boolean;
}

function Mark({ piece, letters, label, selected }: MarkProps) {
  const name = label?.name ?? piece.span.label;
  return (
    <mark className={classes["mark"]} data-span={piece.span.id} data-selected={selected || undefined} style={{ "--label": label?.color ?? "gray" } as CSSProperties} title={label?.path ?? name}>
      <span data-at={piece.start} data-marked={piece.marked || undefined}>{letters}</span>
      {piece.last && <span className={classes["tag"]} data-tag={piece.span.label}>{name}</span>}
    </mark>
  );
}

/** Spans are picked out anew for each drawing; those of an unchanged text are the same ones. */
function same(before: Props, after: Props): boolean {
  const alike = (["row", "place", "text", "direction", "selected", "marked", "labels"] as const).every((name) => before[name] === after[name]);
  return alike && before.spans.length === after.spans.length && before.spans.every((span, at) => span === after.spans[at]);
}

export const TextRow = memo(function TextRow({ row, place, text, range, direction, spans, selected, marked, labels }: Props) {
  return (
    <div className={classes["row"]} dir={direction} data-row={row} style={{ transform: `translateY(${place}px)` }}>
      {piecesOf(range, spans, marked).map((piece) => {
        const letters = text.slice(piece.start, piece.end);
        const { span } = piece;
        if (span) return <Mark key={piece.start} piece={{ ...piece, span }} letters={letters} label={labels.get(span.label)} selected={selected.has(span.id)} />;
        return <span key={piece.start} data-at={piece.start} data-marked={piece.marked || undefined}>{letters}</span>;
      })}
    </div>
  );
}, same);
