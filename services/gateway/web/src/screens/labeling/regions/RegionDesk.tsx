/** One image whose regions are drawn: tools at the left, picture, labels and regions at the right; keys. */
import { type ReactNode, useState } from "react";

import type { ShownLabel } from "../../../annotator/labels";
import { isPainted } from "../../../annotator/masks/work";
import type { Choice } from "../../../annotator/page";
import { shapeOf, type Task } from "../../../annotator/task";
import { toolsOf } from "../../../annotator/tools/offer";
import type { DoneItem } from "../../../api/labeling-types";
import { DicomBar } from "../dicom/DicomBar";
import { useDicom } from "../dicom/useDicom";
import { useLightBox } from "../dicom/useLightBox";
import { LabelPanel } from "../LabelPanel";
import { MaskBar } from "../masks/MaskBar";
import type { Craft } from "../masks/useCraft";
import { useMaskBoard } from "../masks/useMaskBoard";
import { RegionList } from "./RegionList";
import { RegionStage } from "./RegionStage";
import { RemoveAllDialog } from "./RemoveAllDialog";
import { ToolBar } from "./ToolBar";
import type { Bound } from "./useAnnotator";
import { usePictureLayer } from "./usePictureLayer";
import { type Deeds, useRegionKeys } from "./useRegionKeys";
import classes from "./Regions.module.css";

interface Props {
  item: Pick<DoneItem, "id" | "name" | "source" | "media">;
  task: Task;
  choice: Choice;
  labels: readonly ShownLabel[];
  bound: Bound;
  craft: Craft;
  deeds: Deeds;
  /** Above the picture. */
  children?: ReactNode;
}

export function RegionDesk({ item, task, choice, labels, bound, craft, deeds, children }: Props) {
  const { annotator, state } = bound;
  const [asked, setAsked] = useState<readonly string[] | "paint" | null>(null);
  const dicom = useDicom(item);
  const own = toolsOf(task.type);
  const tools = dicom?.view ? [...own, "window" as const] : own;
  const picture = usePictureLayer(annotator, item, state.zoom, dicom?.view?.layer ?? null);
  const paints = shapeOf(task.type) === "mask";
  const mask = useMaskBoard(paints ? annotator : null, craft.easel, item, choice.mask, state.paintHidden);
  useLightBox(annotator, craft.lightBox, dicom, own[0] ?? "move");
  const count = choice.regions.length + mask.paints.length;
  const ask = () => {
    const going = annotator?.removable() ?? [];
    if (going.length > 0) setAsked(going);
    else if (choice.regions.length === 0 && mask.paints.length > 0) setAsked("paint");
    else annotator?.hint("locked");
  };
  useRegionKeys({ type: task.type, tools, annotator, labels, deeds: { ...deeds, deleteAll: () => count > 0 && ask() } });
  const polygon = state.tool === "move" ? choice.regions.find((region) => region.id === state.selection && region.shape === "polygon") : undefined;
  const active = polygon?.label ?? state.label;
  return (
    <>
      <ToolBar tools={tools} annotator={annotator} state={state} count={count} hidden={state.hidden.size === choice.regions.length && (mask.paints.length === 0 || state.paintHidden)} onRemoveAll={ask} />
      <main className={classes["main"]}>
        {children}
        {paints && <MaskBar annotator={annotator} state={mask} painted={isPainted(choice.mask)} />}
        {dicom && dicom.state !== "color" && <DicomBar dicom={dicom} />}
        <RegionStage name={item.name} choice={choice} labels={labels} bound={bound} picture={picture} />
      </main>
      <LabelPanel labels={labels} held={(label) => (label === active ? 1 : 0)} targets={1} onChoose={(label) => annotator?.chooseLabel(label)}>
        <RegionList regions={choice.regions} paints={mask.paints} labels={labels} annotator={annotator} state={state} />
      </LabelPanel>
      <RemoveAllDialog annotator={annotator} going={asked} count={choice.regions.length} onClose={() => setAsked(null)} />
    </>
  );
}
