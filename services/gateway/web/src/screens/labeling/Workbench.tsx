/** The page at work: images, labels, actions, keys. */
import { Alert } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { gridFor, type Layout } from "../../annotator/layout";
import { held, touched } from "../../annotator/page";
import { targets } from "../../annotator/selection";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ActionBar } from "./ActionBar";
import type { BenchProps } from "./bench-props";
import { ImageGrid } from "./ImageGrid";
import { ImageTools } from "./ImageTools";
import { LabelPanel } from "./LabelPanel";
import { SingleImage } from "./SingleImage";
import { useSkip } from "./useSkip";
import { useWorkKeys } from "./useWorkKeys";
import { useZoom } from "./useZoom";
import classes from "./Labeling.module.css";

export function Workbench({ session, snapshot, labels, onBack, onInstructions }: BenchProps) {
  const { t } = useTranslation();
  const { log, selection, items, layout, paused } = snapshot;
  const [asked, setAsked] = useState<Layout | null>(null);
  const [needSelection, setNeedSelection] = useState(false);
  const zoom = useZoom();
  const work = touched(log.page).length;
  const chosen = targets(selection, log.page.items);
  const grid = gridFor(layout, items.length);

  const choose = (label: string) => setNeedSelection(!session.choose(label));
  const { skip, dialog } = useSkip(session, snapshot);
  const switchTo = (next: Layout) => {
    if (next === layout) return;
    if (work > 0) setAsked(next);
    else void session.setLayout(next);
  };
  const confirmed = () => {
    if (asked) void session.setLayout(asked);
    setAsked(null);
  };
  useWorkKeys({ session, snapshot, labels, columns: grid.columns, zoom, choose, skip, onBack, onInstructions });

  const [only] = items;
  return (
    <div className={classes["bench"]}>
      <main className={classes["stage"]}>
        {paused && <Alert color="yellow" role="status" py="xs">{t("labeling.paused")}</Alert>}
        {items.length === 1 && only ? (
          <SingleImage key={only.id} item={only} labels={labels} page={log.page} zoom={zoom} onCommand={(command) => session.do(command)} />
        ) : (
          <ImageGrid session={session} snapshot={snapshot} labels={labels} grid={grid} />
        )}
      </main>
      <LabelPanel
        labels={labels}
        held={(label) => held(log.page, chosen, label)}
        targets={chosen.length}
        chosen={items.length > 1 ? t("labeling.chosen", { count: chosen.length }) : ""}
        hint={needSelection && chosen.length === 0 ? t("labeling.selectFirst") : ""}
        onChoose={choose}
      />
      <ActionBar session={session} snapshot={snapshot} onSkip={skip} onBack={onBack}>
        <ImageTools session={session} snapshot={snapshot} zoom={zoom} onLayout={switchTo} />
      </ActionBar>
      {dialog}
      <ConfirmDialog
        opened={asked !== null}
        title={t("labeling.switchTitle")}
        hint={t("labeling.switchHint", { count: work })}
        action={t("labeling.switchDo")}
        danger
        focused
        onConfirm={confirmed}
        onCancel={() => setAsked(null)}
      />
    </div>
  );
}
