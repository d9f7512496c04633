/** Several images on a page. */
import { useTranslation } from "react-i18next";

import type { Grid } from "../../annotator/layout";
import type { ShownLabel } from "../../annotator/labels";
import { standOn, toggle } from "../../annotator/selection";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";
import { ImageTile } from "./ImageTile";
import classes from "./ImageGrid.module.css";

interface Props {
  session: LabelingSession;
  snapshot: Snapshot;
  labels: readonly ShownLabel[];
  grid: Grid;
}

export function ImageGrid({ session, snapshot, labels, grid }: Props) {
  const { t } = useTranslation();
  const { selection, log, items } = snapshot;
  const template = `repeat(${grid.rows}, minmax(0, 1fr)) / repeat(${grid.columns}, minmax(0, 1fr))`;
  return (
    <div className={classes["grid"]} style={{ gridTemplate: template }} role="group" aria-label={t("labeling.page")}>
      {items.map((item, place) => (
        <ImageTile
          key={item.id}
          item={item}
          page={log.page}
          labels={labels}
          selected={selection.items.has(item.id)}
          standing={selection.cursor === place}
          onStand={() => session.select(standOn(session.snapshot.selection, place))}
          onToggle={() => session.select(toggle(standOn(session.snapshot.selection, place), item.id))}
          onCommand={(command) => session.do(command)}
        />
      ))}
    </div>
  );
}
