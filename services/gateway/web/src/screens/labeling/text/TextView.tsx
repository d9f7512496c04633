/** A text of any length: only the rows in view are in the document. Shows spans and what is marked; decides nothing. */
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { type HTMLAttributes, type ReactNode, type RefObject, useEffect, useLayoutEffect, useSyncExternalStore } from "react";

import type { ShownLabel } from "../../../annotator/labels";
import type { Passage } from "../../../annotator/text/passage";
import { overlap, type Range } from "../../../annotator/text/range";
import { type Span, touching } from "../../../annotator/text/spans";
import { type Font, lineHeight, STACKS } from "./font";
import type { TextScroll } from "./scroll";
import { TextRow } from "./TextRow";
import classes from "./Text.module.css";

interface Props {
  passage: Passage;
  font: Font;
  scroll: TextScroll;
  spans: readonly Span[];
  selected: ReadonlySet<string>;
  marked: Range | null;
  labels: ReadonlyMap<string, ShownLabel>;
  /** The scrolled element: takes the hands' events. */
  area: RefObject<HTMLDivElement | null>;
  hands: HTMLAttributes<HTMLDivElement>;
  children?: ReactNode;
}

const PADDING = 24;
/** Width of a letter by its height, on average: rows are as high as estimated more often than not. */
const SLIM = 0.5;

function rowsNow(passage: Passage, { first, last }: { first: number; last: number }): number[] {
  return Array.from({ length: Math.min(last, passage.rows.count) - first }, (_, at) => first + at);
}

export function TextView({ passage, font, scroll, spans, selected, marked, labels, area, hands, children }: Props) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const element = useMergedRef(ref, area);
  const layout = useSyncExternalStore(scroll.onChange, () => scroll.layout);
  const line = lineHeight(font);

  useEffect(() => (area.current ? scroll.attach(area.current) : undefined), [area, scroll]);
  useLayoutEffect(() => {
    if (width === 0) return;
    const letters = Math.max(10, (width - 2 * PADDING) / (font.size * SLIM));
    scroll.reset(passage.rows.count, (row) => Math.max(1, Math.ceil((passage.rows.start(row + 1) - passage.rows.start(row)) / letters)) * line, height);
  }, [scroll, passage, width, height, font, line]);
  useLayoutEffect(() => {
    const rows = area.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [];
    scroll.measured(Array.from(rows, (row) => [Number(row.dataset["row"]), row.offsetHeight] as const));
    scroll.settle();
  });

  return (
    <div ref={element} className={classes["scroller"]} data-stage data-taggable={hands.role === "textbox" || undefined} {...hands}>
      <div className={classes["rows"]} style={{ height: layout.height, fontFamily: STACKS[font.family], fontSize: font.size, lineHeight: `${line}px` }}>
        {rowsNow(passage, layout.window).map((row) => {
          const range = passage.rows.range(row);
          return (
            <TextRow
              key={row}
              row={row}
              place={scroll.place(row)}
              text={passage.text}
              range={range}
              direction={passage.rows.direction(row)}
              spans={touching(spans, range)}
              selected={selected}
              marked={marked && overlap(marked, range) ? marked : null}
              labels={labels}
            />
          );
        })}
        {children}
      </div>
    </div>
  );
}
