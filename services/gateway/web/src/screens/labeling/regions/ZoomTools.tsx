/** Zoom of the picture: out, fit, one to one, in, and how large it is shown. */
import { IconAspectRatio, IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { ToolButton } from "../ToolButton";
import type { Bound } from "./useAnnotator";

export function ZoomTools({ bound: { annotator, state } }: { bound: Bound }) {
  const { t } = useTranslation();
  return (
    <>
      <ToolButton name={t("labeling.zoomOut")} keys="−" onClick={() => annotator?.stage.zoomOut()}><IconZoomOut size={18} /></ToolButton>
      <ToolButton name={t("labeling.zoomFit")} keys="0" disabled={state.fitted} onClick={() => annotator?.stage.zoomFit()}><IconZoomReset size={18} /></ToolButton>
      <ToolButton name={t("regions.zoomActual")} keys="." onClick={() => annotator?.stage.zoomActual()}><IconAspectRatio size={18} /></ToolButton>
      <ToolButton name={t("labeling.zoomIn")} keys="+" onClick={() => annotator?.stage.zoomIn()}><IconZoomIn size={18} /></ToolButton>
      <span className="numbers" style={{ fontSize: 12, minWidth: 48, color: "var(--quiet)" }}>{t("common.percent", { value: Math.round(state.zoom * 100) })}</span>
    </>
  );
}
