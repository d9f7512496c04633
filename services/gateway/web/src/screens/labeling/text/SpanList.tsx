/** The entities of a text in its order: select, remove. Only the rows in view are drawn. */
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { Span } from "../../../annotator/text/spans";
import panel from "../Labeling.module.css";
import classes from "./Text.module.css";

const ROW = 34;
const QUOTED = 80;

interface Props {
  text: string;
  spans: readonly Span[];
  selected: ReadonlySet<string>;
  labels: ReadonlyMap<string, ShownLabel>;
  onSelect: (span: Span) => void;
  onRemove: (span: Span) => void;
}

export function SpanList({ text, spans, selected, labels, onSelect, onRemove }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the list is drawn here and handed to nobody
  const rows = useVirtualizer({ count: spans.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 });
  return (
    <section className={classes["spans"]} aria-label={t("texts.spans")}>
      <div className={panel["panelHead"]}>
        <div className={panel["panelTitle"]}><span>{t("texts.spans")}</span><span className="numbers">{spans.length > 0 ? spans.length : t("texts.spansNone")}</span></div>
      </div>
      <div ref={scroller} className={classes["list"]}>
        <div style={{ position: "relative", height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const span = spans[row.index];
            if (!span) return null;
            const label = labels.get(span.label);
            const words = { text: text.slice(span.start, Math.min(span.end, span.start + QUOTED)), label: label?.path ?? span.label };
            return (
              <div key={span.id} className={classes["span"]} data-selected={selected.has(span.id) || undefined} style={{ position: "absolute", insetInline: 0, transform: `translateY(${row.start}px)` }}>
                <button type="button" className={classes["quote"]} aria-pressed={selected.has(span.id)} aria-label={t("texts.select", words)} title={words.label} onMouseDown={(event) => event.preventDefault()} onClick={() => onSelect(span)}>
                  <span className={classes["color"]} style={{ background: label?.color }} />
                  <span dir="auto">{words.text}</span>
                </button>
                <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("texts.remove", words)} onMouseDown={(event) => event.preventDefault()} onClick={() => onRemove(span)}><IconX size={14} /></ActionIcon>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
