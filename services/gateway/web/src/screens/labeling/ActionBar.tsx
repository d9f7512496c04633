/** Bottom of the labeling page: back, skip, layout, undo, zoom, what is missing, Submit. */
import { Button, Divider, Kbd } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconHistory, IconPlayerSkipForward, IconSelectAll, IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Layout } from "../../annotator/layout";
import { canRedo, canUndo } from "../../annotator/log";
import { isComplete, missing } from "../../annotator/page";
import { selectAll, selectNone, targets } from "../../annotator/selection";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";
import { LayoutPicker } from "./LayoutPicker";
import { ToolButton } from "./ToolButton";
import type { Zoom } from "./useZoom";
import classes from "./Labeling.module.css";

interface Props {
  session: LabelingSession;
  snapshot: Snapshot;
  zoom: Zoom;
  onLayout: (layout: Layout) => void;
  onSkip: () => void;
  onBack: () => void;
}

export function ActionBar({ session, snapshot, zoom, onLayout, onSkip, onBack }: Props) {
  const { t } = useTranslation();
  const { log, selection, layout, paused } = snapshot;
  const { page } = log;
  const single = page.items.length === 1;
  const chosen = single ? 0 : targets(selection, page.items).length;
  const left = missing(page).length;
  const complete = isComplete(page);
  const all = chosen === page.items.length;
  const skipText = single ? t("labeling.skip") : chosen > 0 ? t("labeling.skipSelected", { count: chosen }) : t("labeling.skipPage");
  const hint = complete ? t("labeling.ready") : single ? t("labeling.missingOne") : t("labeling.missing", { count: left });
  const still = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <footer className={classes["actions"]}>
      <Button variant="subtle" color="gray" leftSection={<IconHistory size={17} />} rightSection={<Kbd size="xs">{t("shortcuts.keys.b")}</Kbd>} onMouseDown={still} onClick={onBack}>{t("labeling.back")}</Button>
      <Button variant="default" leftSection={<IconPlayerSkipForward size={17} />} rightSection={<Kbd size="xs">{t("shortcuts.keys.s")}</Kbd>} disabled={paused} onMouseDown={still} onClick={onSkip}>{skipText}</Button>
      <div className={classes["middle"]}>
        <LayoutPicker layout={layout} onChange={onLayout} />
        <Divider orientation="vertical" my={14} mx={4} />
        {single ? (
          <>
            <ToolButton name={t("labeling.zoomOut")} keys="−" disabled={!zoom.view} onClick={zoom.out}><IconZoomOut size={18} /></ToolButton>
            <ToolButton name={t("labeling.zoomFit")} keys="0" disabled={!zoom.view} onClick={zoom.fit}><IconZoomReset size={18} /></ToolButton>
            <ToolButton name={t("labeling.zoomIn")} keys="+" onClick={zoom.in}><IconZoomIn size={18} /></ToolButton>
          </>
        ) : (
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconSelectAll size={17} />} onMouseDown={still} onClick={() => session.select(all ? selectNone(selection) : selectAll(selection, page.items))}>
            {t(all ? "labeling.selectNone" : "labeling.selectAll")}
          </Button>
        )}
        <Divider orientation="vertical" my={14} mx={4} />
        <ToolButton name={t("labeling.undo")} keys={t("shortcuts.keys.undo")} disabled={!canUndo(log)} onClick={() => session.undo()}><IconArrowBackUp size={18} /></ToolButton>
        <ToolButton name={t("labeling.redo")} keys={t("shortcuts.keys.redo")} disabled={!canRedo(log)} onClick={() => session.redo()}><IconArrowForwardUp size={18} /></ToolButton>
      </div>
      <span className={classes["hint"]} id="submit-hint" role="status">{hint}</span>
      <Button disabled={!complete || paused} aria-describedby="submit-hint" rightSection={<span className={classes["keys"]}>{t("labeling.submitKeys")}</span>} onMouseDown={still} onClick={() => session.submit()}>
        {t("labeling.submit")}
      </Button>
    </footer>
  );
}
