/** The regions of the image, newest last: what the hand points at here is shown in the picture, and the other way round. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { Paint } from "../../../annotator/masks/raster";
import type { Region } from "../../../annotator/regions/region";
import type { Annotator } from "../../../annotator/desk/annotator";
import type { AnnotatorState } from "../../../annotator/desk/state";
import { PaintList } from "./PaintList";
import { RegionRow } from "./RegionRow";
import classes from "./Regions.module.css";

const ROW = 36;

interface Props {
  regions: readonly Region[];
  paints: readonly Paint[];
  labels: readonly ShownLabel[];
  annotator: Annotator | null;
  state: AnnotatorState;
}

export function RegionList({ regions, paints, labels, annotator, state }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the list is drawn here and handed to nobody
  const rows = useVirtualizer({ count: regions.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 10, initialRect: { width: 260, height: 400 } });
  const place = regions.findIndex((region) => region.id === (state.selection ?? state.hovered));
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: "auto" });
  }, [rows, place]);
  return (
    <section className={classes["list"]} aria-label={t("regions.title")}>
      <div className={classes["listHead"]}>
        <span>{t("regions.title")}</span>
        <span className="numbers">{regions.length > 0 ? t("regions.count", { count: regions.length }) : paints.length === 0 && t("regions.none")}</span>
      </div>
      {paints.length > 0 && <PaintList paints={paints} labels={labels} hidden={state.paintHidden} />}
      <div ref={scroller} className={classes["rows"]}>
        <div role="list" style={{ position: "relative", height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const region = regions[row.index];
            if (!region) return null;
            return (
              <div key={region.id} role="listitem" style={{ position: "absolute", insetInline: 0, height: ROW, transform: `translateY(${row.start}px)` }}>
                <RegionRow
                  region={region}
                  number={row.index + 1}
                  label={labels.find((one) => one.id === region.label)}
                  selected={region.id === state.selection}
                  hovered={region.id === state.hovered}
                  hidden={state.hidden.has(region.id)}
                  locked={annotator?.locked(region.id) ?? false}
                  onSelect={() => annotator?.pick(region.id)}
                  onHover={(over) => annotator?.hover(over ? region.id : null)}
                  onHide={(hide) => annotator?.hide([region.id], hide)}
                  onRemove={() => annotator?.remove([region.id])}
                />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
