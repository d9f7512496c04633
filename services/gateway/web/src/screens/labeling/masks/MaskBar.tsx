/** What painting needs beside its tools: how wide the brush is, how strong the mask shows, an empty mask. */
import { Alert, Button, Group, Slider, Text } from "@mantine/core";
import { IconBrush, IconCircleHalf2, IconTrashX } from "@tabler/icons-react";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { LARGEST_BRUSH } from "../../../annotator/masks/brush-size";
import type { Annotator } from "../../../annotator/desk/annotator";
import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { ToolButton } from "../ToolButton";
import { brushSize } from "./useCraft";
import type { MaskState } from "./useMaskBoard";
import classes from "./Masks.module.css";

interface Props {
  annotator: Annotator | null;
  state: MaskState;
  /** There is something to clear. */
  painted: boolean;
}

export function MaskBar({ annotator, state, painted }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const clear = () => annotator?.command({ type: "clearMask", items: [annotator.item] });
  return (
    <>
      <Group className={classes["bar"]} gap="sm" role="group" aria-label={t("masks.title")}>
        <BrushSlider annotator={annotator} />
        <IconCircleHalf2 size={18} aria-hidden />
        <Slider w={110} size="sm" min={0} max={100} step={5} value={Math.round(state.opacity * 100)} onChange={(percent) => state.setOpacity(percent / 100)} label={(value) => t("common.percent", { value })} thumbLabel={t("masks.opacity")} />
        <ToolButton name={t("masks.clear")} disabled={!painted} onClick={() => setAsked(true)}><IconTrashX size={18} /></ToolButton>
      </Group>
      {state.trouble && (
        <Alert color="yellow" role="alert" py="xs" title={t("masks.failedTitle")}>
          <Group justify="space-between">
            <Text size="sm">{t(`masks.refused.${state.trouble}`)}</Text>
            <Button size="compact-sm" variant="default" onClick={clear}>{t("masks.beginAnew")}</Button>
          </Group>
        </Alert>
      )}
      <ConfirmDialog
        opened={asked}
        title={t("masks.clearTitle")}
        hint={t("masks.clearHint")}
        action={t("masks.clear")}
        danger
        focused
        onConfirm={() => {
          clear();
          setAsked(false);
        }}
        onCancel={() => setAsked(false)}
      />
    </>
  );
}

const STEPS = 100;
/** Even steps for the eye: each is the same part larger than the one before. */
const sizeAt = (step: number): number => Math.round(LARGEST_BRUSH ** (step / STEPS));
const stepOf = (size: number): number => Math.round((Math.log(size) / Math.log(LARGEST_BRUSH)) * STEPS);

function BrushSlider({ annotator }: { annotator: Annotator | null }) {
  const { t } = useTranslation();
  const size = useSyncExternalStore(brushSize.onChange, () => brushSize.value);
  const change = (step: number) => {
    if (step === stepOf(size)) return;
    brushSize.set(sizeAt(step));
    annotator?.redraw();
  };
  return (
    <>
      <IconBrush size={18} aria-hidden />
      <Slider w={160} size="sm" min={0} max={STEPS} value={stepOf(size)} onChange={change} label={null} thumbLabel={t("masks.size")} />
      <Text size="xs" className={`numbers ${classes["value"] ?? ""}`} data-brush-size>{t("masks.sizeValue", { value: size })}</Text>
    </>
  );
}
