/** Middle of the action bar for images: layout, zoom of a single one, selection of several. */
import { Button, Divider } from "@mantine/core";
import { IconSelectAll, IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Layout } from "../../annotator/layout";
import { selectAll, selectNone, targets } from "../../annotator/selection";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";
import { LayoutPicker } from "./LayoutPicker";
import { ToolButton } from "./ToolButton";
import type { Zoom } from "./useZoom";

interface Props {
  session: LabelingSession;
  snapshot: Snapshot;
  zoom: Zoom;
  onLayout: (layout: Layout) => void;
}

export function ImageTools({ session, snapshot, zoom, onLayout }: Props) {
  const { t } = useTranslation();
  const { log, selection, layout } = snapshot;
  const { items } = log.page;
  const all = targets(selection, items).length === items.length;
  return (
    <>
      <LayoutPicker layout={layout} onChange={onLayout} />
      <Divider orientation="vertical" my={14} mx={4} />
      {items.length === 1 ? (
        <>
          <ToolButton name={t("labeling.zoomOut")} keys="−" disabled={!zoom.view} onClick={zoom.out}><IconZoomOut size={18} /></ToolButton>
          <ToolButton name={t("labeling.zoomFit")} keys="0" disabled={!zoom.view} onClick={zoom.fit}><IconZoomReset size={18} /></ToolButton>
          <ToolButton name={t("labeling.zoomIn")} keys="+" onClick={zoom.in}><IconZoomIn size={18} /></ToolButton>
        </>
      ) : (
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconSelectAll size={17} />} onMouseDown={(event) => event.preventDefault()} onClick={() => session.select(all ? selectNone(selection) : selectAll(selection, items))}>
          {t(all ? "labeling.selectNone" : "labeling.selectAll")}
        </Button>
      )}
    </>
  );
}
